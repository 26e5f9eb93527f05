using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The events that a transaction contains, while EF Core has not accepted their rows. If it writes the rows again, the events are sent
/// again. It does not report the end of every transaction, or whether a commit whose answer was lost has succeeded. So only the state of
/// the entities tells whether it writes their rows again.
/// </summary>
internal sealed class ContainedEvents(DbContext context)
{
    private readonly List<Call> _calls = [];
    private Guid? _transactionId;
    private Guid? _unknownId;
    private (Guid TransactionId, int Count) _savepoints;

    public bool Contains(RaisedEvent raised) => _calls.Exists(call => call.Events.Contains(raised));

    /// <summary>The transaction contains the rows and events of one <c>SaveChanges</c>.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="writing">The rows and events.</param>
    /// <param name="block">The strategy that repeats the whole transaction, if it is one of the application.</param>
    public void Enter(Guid transactionId, WritingScope writing, ExecutionStrategy? block)
    {
        if (_calls.Count == 0)
            context.ChangeTracker.StateChanged += OnStateChanged;
        _transactionId = transactionId;
        _calls.Add(new Call(
            [.. writing.Events],
            writing.Rows.Select(static entry => entry.Entity).ToHashSet<object>(ReferenceEqualityComparer.Instance),
            block,
            _savepoints.TransactionId == transactionId ? _savepoints.Count : 0));
    }

    /// <summary>The transaction was committed or rolled back, or it will not be repeated: events without rows are not sent again.</summary>
    public void ForgetWithoutRows(Guid transactionId)
    {
        if (_transactionId == transactionId)
            Leave(_calls.FindAll(static call => call.Rows.Count == 0), isKnown: true);
    }

    /// <summary>If the transaction is not the current one any more, its events are pending again, or they are forgotten.</summary>
    public void LeaveIfEnded(Guid? currentTransactionId)
    {
        if (_calls.Count > 0 && _transactionId != currentTransactionId)
            Leave([.. _calls], isKnown: false);
    }

    public void SavepointCreated(Guid transactionId) =>
        _savepoints = (transactionId, _savepoints.TransactionId == transactionId ? _savepoints.Count + 1 : 1);

    /// <summary>The transaction was rolled back to a savepoint: the last one, or one before it. EF Core does not tell its name.</summary>
    public void RolledBackToSavepoint(Guid transactionId)
    {
        if (_transactionId != transactionId || _savepoints.TransactionId != transactionId)
            return;
        Leave(_calls.FindAll(call => call.Savepoint == _savepoints.Count), isKnown: true);
        if (_calls.Exists(static call => call.Savepoint > 0))
            BecomeUnknown(transactionId);
    }

    /// <summary>The transaction may contain a part of a call, or lack one, so it has to be rolled back.</summary>
    public void BecomeUnknown(Guid transactionId) => _unknownId = transactionId;

    /// <exception cref="InvalidOperationException">It is unknown which rows and events the transaction contains.</exception>
    public void ThrowIfUnknown(Guid? transactionId)
    {
        if (_unknownId is { } unknownId && unknownId == transactionId)
        {
            throw new InvalidOperationException(
                "Roll the transaction back: it is unknown which rows and events it contains. Either SaveChanges has failed and could not "
                + "undo its part of the transaction, because the connection was lost or a lambda did not await its sender. Or you have "
                + "rolled back to an earlier savepoint than the last after SaveChanges(acceptAllChangesOnSuccess: false).");
        }
    }

    public void Clear()
    {
        // While a pooled context is reset, its services may not be looked up.
        if (_calls.Count > 0)
            context.ChangeTracker.StateChanged -= OnStateChanged;
        _calls.Clear();
        _unknownId = null;
    }

    // Calls whose events are not forgotten are pending again.
    private void Leave(List<Call> calls, bool isKnown)
    {
        if (calls.Count == 0)
            return;
        var unaccepted = TrackedEntities.Unaccepted(context).Select(static entry => entry.Entity).ToList();
        foreach (var call in calls)
        {
            var isRepeated = call.Rows.Count > 0
                ? call.Rows.Overlaps(unaccepted)
                : !isKnown && (call.Block is null || call.Block == ExecutionStrategy.Current);
            Remove(call, isForgotten: !isRepeated);
        }
    }

    private void Remove(Call call, bool isForgotten)
    {
        if (isForgotten)
            RaisedEvent.Forget(call.Events);
        _calls.Remove(call);
        if (_calls.Count == 0)
            context.ChangeTracker.StateChanged -= OnStateChanged;
    }

    // An accepted entity can be changed again before the events are looked at, so the state at that time does not tell.
    private void OnStateChanged(object? sender, EntityStateChangedEventArgs arguments)
    {
        if (arguments.NewState is not (EntityState.Unchanged or EntityState.Detached))
            return;
        for (var index = _calls.Count - 1; index >= 0; index--)
        {
            var call = _calls[index];
            if (call.Rows.Remove(arguments.Entry.Entity) && call.Rows.Count == 0)
                Remove(call, isForgotten: true);
        }
    }

    /// <summary>One <c>SaveChanges</c>.</summary>
    /// <param name="Events">Its events.</param>
    /// <param name="Rows">Its entities that are not accepted.</param>
    /// <param name="Block">The strategy that repeats the whole transaction.</param>
    /// <param name="Savepoint">How many savepoints the application had created before.</param>
    private sealed record Call(HashSet<RaisedEvent> Events, HashSet<object> Rows, ExecutionStrategy? Block, int Savepoint);
}
