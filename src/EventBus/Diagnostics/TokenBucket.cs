namespace EventBus.Diagnostics;

/// <summary>
/// A budget that charges use up and time restores. One charge may exceed it: then nothing is admitted until time has made up for the
/// difference. Thread-safe.
/// </summary>
/// <param name="capacity">The most that can be saved, which is also the beginning.</param>
/// <param name="perSecond">How much each second restores.</param>
/// <param name="time">The clock.</param>
internal sealed class TokenBucket(double capacity, double perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly double _capacity = capacity;
    private double _tokens = capacity;
    private long _restored = time.GetTimestamp();

    /// <summary>Charges a cost, unless the budget is used up.</summary>
    /// <returns>False if it is used up.</returns>
    public bool TryTake(double cost)
    {
        lock (_lock)
        {
            Restore();
            if (_tokens <= 0)
                return false;
            _tokens -= cost;
            return true;
        }
    }

    /// <summary>Charges a cost that cannot be avoided any more.</summary>
    public void Charge(double cost)
    {
        lock (_lock)
        {
            Restore();
            _tokens -= cost;
        }
    }

    private void Restore()
    {
        var now = time.GetTimestamp();
        _tokens = Math.Min(_capacity, _tokens + (time.GetElapsedTime(_restored, now).TotalSeconds * perSecond));
        _restored = now;
    }
}
