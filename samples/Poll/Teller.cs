namespace Chat;

internal sealed class Teller : IChatEvents
{
    public void Ping(DateTimeOffset at) => Console.WriteLine($"A node says that it is {at:T}.");

    public async ValueTask Message(string user, string text) => await Console.Out.WriteLineAsync($"A node says: {text}");

    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) => ValueTask.CompletedTask;

    public ValueTask<int> Vote(string question) => ValueTask.FromResult(0);
}
