global using EventBus.Testing;
global using static Preamble.Testing;

namespace Preamble;

public sealed class RecordingHandler : IChatEvents
{
    public ValueTask<string> NextAsync() => new("");
    public void Ping(DateTimeOffset at) { }
    public ValueTask Message(string user, string text) => default;
    public ValueTask Photo(string user, ReadOnlyMemory<byte> jpeg) => default;
    public ValueTask<int> Vote(string question) => new(1);
}

public static class Testing
{
    public static readonly InMemoryCluster cluster = null!;
    public static readonly RecordingHandler handler = null!;
}
