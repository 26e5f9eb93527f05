namespace Chat;

internal sealed class ConsoleHandler : IChatEvents
{
    public void Ping(DateTimeOffset at) => Console.WriteLine($"ping at {at:O}");

    public async ValueTask Message(string user, string text) => await Console.Out.WriteLineAsync($"{user}: {text}");

    public async ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) =>
        await Console.Out.WriteLineAsync($"{user} sent a photo of {jpeg.Length} bytes");

    public async ValueTask<int> Vote(string question)
    {
        await Console.Out.WriteLineAsync($"{question} Yes!");
        return 1;
    }
}
