using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The events that a transaction of the application contains, while their rows are not accepted
/// (<c>SaveChanges(acceptAllChangesOnSuccess: false)</c>). Its commit ends them. EF Core does not report every commit: if the rows were
/// accepted, they are not written again, so neither are their events sent again.
/// </summary>
internal sealed class UnacceptedEvents(DbContext context)
{
    private readonly HashSet<RaisedEvent> _events = [];
    private readonly List<(int Savepoint, SentEvents Sent)> _sent = [];
    private readonly HashSet<object> _entities = new(ReferenceEqualityComparer.Instance);
    private Guid? _transactionId;

    public bool IsNotSent(RaisedEvent raised) => !_events.Contains(raised);

    /// <summary>The transaction contains the events, and rows of these entities that are not accepted.</summary>
    public void Enter(Guid transactionId, int savepoint, SentEvents sent, IEnumerable<object> entities)
    {
        if (_transactionId is null)
            context.ChangeTracker.StateChanged += OnStateChanged;
        _transactionId = transactionId;
        _sent.Add((savepoint, sent));
        _events.UnionWith(sent.Events);
        _entities.UnionWith(entities);
    }

    /// <summary>The transaction has ended. Its events are pending again if their rows are: they are not committed or accepted.</summary>
    public void Leave(Guid transactionId, bool isCommitted)
    {
        if (_transactionId != transactionId)
            return;
        if (isCommitted || !_entities.Overlaps(UnacceptedRows.Of(context)))
            _sent.ForEach(static entered => entered.Sent.Forget());
        Clear();
    }

    /// <summary>The events after the savepoint are gone, with their rows.</summary>
    public void RolledBackTo(int savepoint)
    {
        var gone = _sent.Where(entered => entered.Savepoint == savepoint).Select(static entered => entered.Sent).ToList();
        if (gone.Count == 0)
            return;
        if (!_entities.Overlaps(UnacceptedRows.Of(context)))
            gone.ForEach(static sent => sent.Forget());
        _events.ExceptWith(gone.SelectMany(static sent => sent.Events));
        _sent.RemoveAll(entered => entered.Savepoint == savepoint);
    }

    /// <summary>Ends a transaction of which EF Core has reported neither a commit nor a rollback: it was disposed.</summary>
    public void LeaveIfEnded(Guid? currentTransactionId)
    {
        if (_transactionId is { } transactionId && transactionId != currentTransactionId)
            Leave(transactionId, isCommitted: false);
    }

    public void Clear()
    {
        // While a pooled context is reset, its services may not be looked up.
        if (_transactionId is not null)
            context.ChangeTracker.StateChanged -= OnStateChanged;
        _sent.Clear();
        _events.Clear();
        _entities.Clear();
        _transactionId = null;
    }

    // An accepted entity can be changed again before the events are looked at, so its state alone does not tell.
    private void OnStateChanged(object? sender, EntityStateChangedEventArgs arguments)
    {
        if (arguments.NewState is EntityState.Unchanged or EntityState.Detached)
            _entities.Remove(arguments.Entry.Entity);
    }
}
