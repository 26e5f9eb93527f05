using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Chaos;

/// <summary>A node that gets requests and is stopped or killed at any time, with the certain facts about it.</summary>
internal abstract class ChaosNode(string uid) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Cut> _cuts = [];
    private long _leavingAt = long.MaxValue;
    private long _goneAt = long.MaxValue;

    public string Uid => uid;

    /// <summary>Its sockets, which connect before another node knows it.</summary>
    public ChaosSocket[] Sockets { get; protected set; } = [];

    /// <summary>Whether it can be killed.</summary>
    public abstract bool CanBeKilled { get; }

    /// <summary>The moment before it began to leave: it must respond to requests that ended earlier.</summary>
    public long LeavingAt => Volatile.Read(ref _leavingAt);

    /// <summary>The moment after its end: it cannot respond to later requests.</summary>
    public long GoneAt => Volatile.Read(ref _goneAt);

    public bool IsLeaving => LeavingAt != long.MaxValue;

    /// <summary>Whether it has made a request to all others, so that they know each other.</summary>
    public bool IsIntroduced { get; set; }

    /// <summary>Whether a request through it failed because it is leaving.</summary>
    public bool Explains(Exception exception) =>
        IsLeaving && exception is (EventBusClosedException or CommandFailedException or InvalidOperationException);

    /// <summary>Whether a request through it at a moment failed because its publishing connection has been cut since.</summary>
    public bool ExplainsByCut(Exception exception, long began) =>
        WasCut(began, long.MaxValue) && exception is (EventOutcomeUnknownException or EventNotSentException
            or CommandFailedException { Type: "Unknown" or "NotSent" });

    /// <summary>Registers that its connections are about to be cut. End it when it sends and receives again.</summary>
    public Cut BeginCut(Moments moments)
    {
        var cut = new Cut(moments);
        lock (_lock)
            _cuts.Add(cut);
        return cut;
    }

    /// <summary>Whether it may have missed messages between two moments because its connections were cut.</summary>
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

    public abstract Task<SocketAcks> RequestAcksAsync(string room, TimeSpan timeout);

    /// <summary>Requests the uid of every other node.</summary>
    public abstract Task<(string[] Uids, string[] Missing)> RequestUidsAsync(TimeSpan timeout);

    public abstract Task<int> CountNodesAsync();

    /// <summary>Lets the sockets in one room join another, on all nodes.</summary>
    public abstract Task JoinAsync(string room, string joined);

    public abstract ValueTask DisposeAsync();

    protected abstract Task StopAsync();

    protected virtual Task KillAsync() => throw new InvalidOperationException("This node cannot be killed.");
}
