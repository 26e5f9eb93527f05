using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>
/// Logs the nodes that join and leave. A role that may only connect can invent nodes, so the lines are limited; the next line follows the
/// number of further ones. Thread-safe.
/// </summary>
internal sealed class NodeLog(ILogger logger, TimeProvider time)
{
    /// <summary>The most lines at once.</summary>
    public const int Burst = 30;

    /// <summary>The lines of a minute, after a burst.</summary>
    public const int PerMinute = 20;

    private readonly TokenBucket _lines = new(Burst, PerMinute / 60.0, time);
    private long _skipped;

    public void Joined(string uid, string busNamespace)
    {
        if (MayLog())
            logger.NodeJoined(uid, busNamespace);
    }

    public void Left(string uid, string busNamespace)
    {
        if (MayLog())
            logger.NodeLeft(uid, busNamespace);
    }

    public void Expired(string uid, string busNamespace)
    {
        if (MayLog())
            logger.NodeExpired(uid, busNamespace);
    }

    private bool MayLog()
    {
        if (!_lines.TryTake(1))
        {
            Interlocked.Increment(ref _skipped);
            return false;
        }

        var skipped = Interlocked.Exchange(ref _skipped, 0);
        if (skipped > 0)
        {
            _lines.Charge(1);
            logger.NodesNotLogged(skipped);
        }

        return true;
    }
}
