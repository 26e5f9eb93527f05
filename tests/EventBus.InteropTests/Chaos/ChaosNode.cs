using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Chaos;

/// <summary>A node that is started, asked, and stopped or killed at any time, with what is certain about it.</summary>
internal abstract class ChaosNode(string uid) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Cut> _cuts = [];
    private long _leavingAt = long.MaxValue;
    private long _goneAt = long.MaxValue;

    public string Uid => uid;

    /// <summary>Its sockets, all of them connected before it is known to anybody.</summary>
    public ChaosSocket[] Sockets { get; protected set; } = [];

    /// <summary>Whether it can be ended without a goodbye.</summary>
    public abstract bool CanBeKilled { get; }

    /// <summary>The moment before it began to leave: what is asked and answered earlier, it may be asked for.</summary>
    public long LeavingAt => Volatile.Read(ref _leavingAt);

    /// <summary>The moment after it was gone: what is asked later, it cannot answer.</summary>
    public long GoneAt => Volatile.Read(ref _goneAt);

    public bool IsLeaving => LeavingAt != long.MaxValue;

    /// <summary>Whether it has asked all others once, so that they know each other.</summary>
    public bool IsIntroduced { get; set; }

    /// <summary>Whether a question to it failed because it is leaving.</summary>
    public bool Explains(Exception exception) => IsLeaving && exception is (EventBusClosedException or CommandFailedException or InvalidOperationException);

    /// <summary>Whether a question asked of it at a moment failed because the connection it was published on has been cut since.</summary>
    public bool ExplainsByCut(Exception exception, long began) =>
        WasCut(began, long.MaxValue) && exception is (EventOutcomeUnknownException or EventNotSentException
            or CommandFailedException { Type: "Unknown" or "NotSent" });

    /// <summary>Its connections are about to be cut. To be ended when it hears and is heard again.</summary>
    public Cut BeginCut(Moments moments)
    {
        var cut = new Cut(moments);
        lock (_lock)
            _cuts.Add(cut);
        return cut;
    }

    /// <summary>Whether it may have missed something between two moments because its connections were cut.</summary>
    public bool WasCut(long began, long ended)
    {
        lock (_lock)
            return _cuts.Exists(cut => cut.BeganAt < ended && began < cut.EndedAt);
    }

    public async Task LeaveAsync(bool kill, Moments moments)
    {
        Volatile.Write(ref _leavingAt, moments.Next());
        await (kill ? KillAsync() : StopAsync());
        Volatile.Write(ref _goneAt, moments.Next());
    }

    public abstract Task<(string[] Sockets, string[] Missing)> FetchSocketsAsync(string room, TimeSpan timeout);

    public abstract Task<SocketAcks> AskSocketsAsync(string room, TimeSpan timeout);

    /// <summary>Asks every other node for its uid.</summary>
    public abstract Task<(string[] Uids, string[] Missing)> AskNodesAsync(TimeSpan timeout);

    public abstract Task<int> CountNodesAsync();

    /// <summary>Has the sockets in one room join another, everywhere.</summary>
    public abstract Task JoinAsync(string room, string joined);

    public abstract ValueTask DisposeAsync();

    protected abstract Task StopAsync();

    protected virtual Task KillAsync() => throw new InvalidOperationException("This node cannot be killed.");
}
