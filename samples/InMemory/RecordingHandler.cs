using System.Threading.Channels;

namespace Chat;

internal sealed class RecordingHandler : IChatEvents
{
    private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

    public ValueTask<string> NextAsync() => _received.Reader.ReadAsync();

    public void Ping(DateTimeOffset at) => _received.Writer.TryWrite("ping");

    public ValueTask Message(string user, string text) => _received.Writer.WriteAsync($"{user}: {text}");

    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) => _received.Writer.WriteAsync($"{user}: {jpeg.Length} bytes");

    public ValueTask<int> Vote(string question) => ValueTask.FromResult(1);
}
