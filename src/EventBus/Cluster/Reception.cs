using EventBus.Transport;

namespace EventBus.Cluster;

/// <summary>
/// Whether this node receives what the other nodes send, and for how long it has. Only that time counts as silence of another node.
/// Thread-safe.
/// </summary>
/// <remarks>
/// A node does not receive while its reader pauses or the process stands still. It is behind if the pump has not delivered within a tick
/// what was received before: signs of life may be among it. Other nodes are judged only as of a moment until which everything that was
/// received is delivered. While the connection is lost their silence counts, because it may be theirs; but the node is not current.
/// </remarks>
/// <param name="transport">Receives and delivers.</param>
/// <param name="tick">The interval of the ticks.</param>
/// <param name="heartbeatTimeout">How long a node may be silent.</param>
/// <param name="time">The clock.</param>
internal sealed class Reception(ITransport transport, TimeSpan tick, TimeSpan heartbeatTimeout, TimeProvider time)
{
    // A tick that is later than this shows that the process stood still.
    private readonly TimeSpan _longestTick = Max(tick * 3, heartbeatTimeout / 4);
    private readonly Lock _lock = new();
    private volatile Tick _last = new(time.GetTimestamp(), TimeSpan.Zero);
    private (long Received, TimeSpan Time)? _sample;
    private bool _isConnected = true;
    private bool _isCurrent = true;
    private bool _isDisturbed;
    private int _disturbances;

    /// <summary>The interval of the ticks.</summary>
    public TimeSpan TickInterval { get; } = tick;

    /// <summary>The time for which this node has received until now.</summary>
    public TimeSpan Now
    {
        get
        {
            var last = _last;
            return last.Time + Min(time.GetElapsedTime(last.Timestamp), _longestTick);
        }
    }

    /// <summary>The ticks begin.</summary>
    public void Start() => _last = new Tick(time.GetTimestamp(), TimeSpan.Zero);

    /// <summary>The connection was lost or restored.</summary>
    public void SetConnected(bool isConnected)
    {
        lock (_lock)
        {
            if (isConnected != _isConnected)
                Disturb();
            _isConnected = isConnected;
        }
    }

    /// <summary>Checks the reception. To be called at every tick.</summary>
    /// <returns>The time as of which other nodes can be judged, on the scale of <see cref="Now"/>; null if none can.</returns>
    public TimeSpan? Check()
    {
        lock (_lock)
        {
            var (last, timestamp, progress) = (_last, time.GetTimestamp(), transport.Progress);
            var elapsed = time.GetElapsedTime(last.Timestamp, timestamp);
            if (progress.IsPaused || elapsed > _longestTick)
            {
                _last = last with { Timestamp = timestamp };
                Disturb();
                return null;
            }

            // After a disturbance the reader needs a moment to read what waits. Late ticks of a timer may follow each other at once.
            if (_isDisturbed && elapsed < TickInterval / 2)
                return null;
            _isDisturbed = false;
            _last = new Tick(timestamp, last.Time + elapsed);
            return Judge(progress, _last.Time);
        }
    }

    /// <summary>
    /// Begins a period: a number for <see cref="IsCurrentSince"/>, or null if this node is not connected, does not receive or is behind.
    /// </summary>
    public int? Begin()
    {
        lock (_lock)
            return IsCurrent() ? _disturbances : null;
    }

    /// <summary>Whether this node has received everything since the beginning of a period, without a disturbance.</summary>
    public bool IsCurrentSince(int? beginning)
    {
        lock (_lock)
            return beginning == _disturbances && IsCurrent();
    }

    private TimeSpan? Judge(ReceptionProgress progress, TimeSpan now)
    {
        TimeSpan? judged = null;
        if (progress.Delivered >= progress.Received)
        {
            (judged, _sample) = (now, null);
        }
        else if (_sample is not { } sample)
        {
            _sample = (progress.Received, now);
        }
        else if (progress.Delivered >= sample.Received)
        {
            (judged, _sample) = (sample.Time, (progress.Received, now));
        }
        else if (_isCurrent)
        {
            _isCurrent = false;
            _disturbances++;
        }

        _isCurrent |= judged is not null && _isConnected;
        return judged;
    }

    private bool IsCurrent() => _isCurrent && time.GetElapsedTime(_last.Timestamp) <= _longestTick;

    private void Disturb()
    {
        _isCurrent = false;
        _isDisturbed = true;
        _sample = null;
        _disturbances++;
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <param name="Timestamp">When the tick was.</param>
    /// <param name="Time">The time for which this node had received until then.</param>
    private sealed record Tick(long Timestamp, TimeSpan Time);
}
