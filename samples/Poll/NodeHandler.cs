namespace Chat;

internal sealed class NodeHandler : IChatEvents
{
    public void Ping(DateTimeOffset at) => Console.WriteLine($"Another node sent a ping at {at:T}.");

    public async ValueTask Message(string user, string text) => await Console.Out.WriteLineAsync($"Another node sent: {text}");

    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) => ValueTask.CompletedTask;

    public ValueTask<int> Vote(string question) => ValueTask.FromResult(0);
}
