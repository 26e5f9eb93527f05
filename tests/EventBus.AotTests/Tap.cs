using System.Threading.Channels;

namespace EventBus.AotTests;

/// <summary>An event as it came over the wire, read without its contract.</summary>
internal sealed record TappedEvent(string Name, IReadOnlyList<EventValue> Arguments)
{
    public bool HasSame(TappedEvent other) => Name == other.Name && Arguments.SequenceEqual(other.Arguments);

    public override string ToString() => $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>A socket that keeps all events of a room, and acknowledges none.</summary>
internal sealed class Tap : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<TappedEvent> _events = Channel.CreateUnbounded<TappedEvent>();
    private LocalSocket? _socket;

    public static async Task<Tap> ConnectAsync(IEventBus bus, string busNamespace, string room)
    {
        var tap = new Tap();
        tap._socket = await bus.Of(busNamespace).ConnectAsync(
            new SocketOptions { Rooms = [room] },
            socket => socket.OnAny((name, arguments) => tap._events.Writer.WriteAsync(new TappedEvent(name, arguments))));
        return tap;
    }

    /// <summary>The next events.</summary>
    /// <exception cref="TimeoutException">Fewer events arrived in time; the message lists them.</exception>
    public async Task<List<TappedEvent>> TakeAsync(int count)
    {
        var taken = new List<TappedEvent>();
        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            while (taken.Count < count)
                taken.Add(await _events.Reader.ReadAsync(timeout.Token));
        }
        catch (OperationCanceledException)
        {
            var names = string.Join(", ", taken.Select(static item => item.Name));
            throw new TimeoutException($"Of {count} events only these arrived: {names}.");
        }

        return taken;
    }

    public ValueTask DisposeAsync() => _socket?.DisposeAsync() ?? ValueTask.CompletedTask;
}
