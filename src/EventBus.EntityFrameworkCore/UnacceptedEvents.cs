namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The events that a transaction of the application contains, while their rows are not accepted
/// (<c>SaveChanges(acceptAllChangesOnSuccess: false)</c>): its commit ends them, and a rollback makes them pending again.
/// </summary>
internal sealed class UnacceptedEvents
{
    private readonly HashSet<RaisedEvent> _events = [];
    private Guid? _transactionId;

    public bool IsNotSent(RaisedEvent raised) => !_events.Contains(raised);

    /// <summary>The transaction contains the events.</summary>
    public void Enter(Guid transactionId, IEnumerable<RaisedEvent> events)
    {
        _transactionId = transactionId;
        _events.UnionWith(events);
    }

    /// <summary>The transaction has ended.</summary>
    /// <returns>The events that it contains; null if there are none.</returns>
    public IReadOnlyList<RaisedEvent>? Leave(Guid transactionId)
    {
        if (_transactionId != transactionId)
            return null;
        IReadOnlyList<RaisedEvent> events = [.. _events];
        Clear();
        return events;
    }

    /// <summary>Makes the events pending if their transaction has gone without a commit: it was disposed.</summary>
    public void LeaveIfEnded(Guid? currentTransactionId)
    {
        if (_transactionId != currentTransactionId)
            Clear();
    }

    public void Clear()
    {
        _events.Clear();
        _transactionId = null;
    }
}
