global using static Preamble.Cluster;

namespace Preamble;

public static class Cluster
{
    public static readonly IBusNamespace chat = null!;
    public static readonly LocalSocket socket = null!;
    public static readonly Queue<EventAck?> waiting = null!;
    public static readonly CancellationToken cancellationToken;
    public static readonly DateTimeOffset now;

    public static ValueTask Pause(string game) => default;
    public static void Forget(string game, string room) { }
    public static ValueTask Move(IReadOnlyList<EventValue> arguments) => default;
}
