namespace EventBus.Diagnostics;

/// <summary>
/// A burst of lost events. The first loss of an episode is logged when it is found; the size of the burst when no loss was found for a
/// minute, or the bus stops. Thread-safe.
/// </summary>
internal sealed class LossBurst(BusDiagnostics diagnostics, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _began;
    private long _last;
    private long _events;
    private int _gaps;
    private int _attachments;

    /// <summary>Adds the events of a gap.</summary>
    public void AddGap(long lost)
    {
        lock (_lock)
        {
            Add(lost);
            _gaps++;
        }
    }

    /// <summary>Adds an event whose attachment is lost.</summary>
    public void AddAttachment()
    {
        lock (_lock)
        {
            Add(1);
            _attachments++;
        }
    }

    /// <summary>Ends the burst if no loss was found for a minute. To be called regularly.</summary>
    public void EndIfQuiet()
    {
        lock (_lock)
        {
            if (_events > 0 && time.GetElapsedTime(_last) > Episode.Quiet)
                End();
        }
    }

    /// <summary>Ends the burst, and logs its size, unless it was a single loss, which is logged already.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_gaps + _attachments > 1)
                diagnostics.Logger.LossesEnded(_events, _gaps, _attachments, time.GetElapsedTime(_began, _last));
            _events = 0;
            _gaps = _attachments = 0;
        }
    }

    private void Add(long lost)
    {
        _last = time.GetTimestamp();
        if (_events == 0)
            _began = _last;
        _events += lost;
    }
}
