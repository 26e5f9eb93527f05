using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The raised events of one context, and how <c>SaveChanges</c> sends them: within the transaction that writes the rows, and again in each
/// attempt. They are pending until EF Core accepts the rows, so events and rows are always repeated together.
/// </summary>
/// <remarks>A service of the context, one for each. A pool resets it.</remarks>
internal sealed class ContextEvents(ICurrentDbContext current, IDbContextOptions options) : IResettableService
{
    private readonly EventSending _sending = new(current.Context, options);
    private readonly UnacceptedEvents _unaccepted = new(current.Context);
    private SentEvents _sent = SentEvents.None;
    private IReadOnlyList<RaisedEvents>? _sources;
    private Transaction? _ambient; // of this call, if it has events
    private FailedEvents? _failed;
    private bool _isWriting;
    private int _savepoint;

    /// <summary>The events that were raised on the context itself.</summary>
    public RaisedEvents Raised { get; } = new();

    private DbContext Context => current.Context;

    private IDbContextTransaction? Transaction => Context.Database.IsRelational() ? Context.Database.CurrentTransaction : null;

    private Guid? TransactionId =>
        Transaction?.TransactionId ?? (AmbientTransaction.Of(Context) is { } ambient ? AmbientTransaction.IdOf(ambient) : null);

    /// <summary><c>SaveChanges</c> begins.</summary>
    /// <exception cref="EventNotSentException">There are events, and the context does not write in the ambient transaction.</exception>
    /// <exception cref="InvalidOperationException">The transaction contains a part of the events of a failed call.</exception>
    public void Begin()
    {
        _sent = SentEvents.None;
        _sources = null; // EF Core does not report every failure of the call before.
        _ambient = null;
        var transactionId = TransactionId;
        _unaccepted.LeaveIfEnded(transactionId);
        if (_failed is { } failed && failed.TransactionId != transactionId)
            RolledBack(failed);
        if (_failed is { CanRepeat: false })
            throw new InvalidOperationException("The events cannot be sent again: the transaction contains some of them. Roll it back.");
        if (Pending().Events.Count > 0)
            _ambient = SendableTransaction.Require(Context);
    }

    /// <summary><c>SaveChanges</c> writes its rows, until the result is disposed. If there are events, it needs a transaction.</summary>
    /// <exception cref="EventNotSentException">There are events, and the context does not write in the ambient transaction.</exception>
    public WritingScope Write()
    {
        // The entities are known now, also if EF Core or an interceptor has found them in this call. Later, deleted ones are not tracked.
        _sources = Sources();
        if (Pending().Events.Count == 0)
            return new WritingScope(this, behavior: null);
        _ambient = SendableTransaction.Require(Context);
        return new WritingScope(this, new TransactionBehavior(Context));
    }

    /// <summary>A transaction of the context is about to commit.</summary>
    /// <exception cref="InvalidOperationException">The transaction lacks events of rows that it has written.</exception>
    public async ValueTask CommittingAsync(
        DbTransaction transaction, Guid transactionId, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (_isWriting)
        {
            // The transaction of SaveChanges itself. If the attempt before failed, its events were rolled back with its rows.
            _sent = Pending();
            await _sending.SendAsync(_sent.Events, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        else if (_failed?.TransactionId == transactionId)
        {
            throw new InvalidOperationException(
                "The transaction cannot be committed: SaveChanges has written rows in it, but could not send their events. Roll it back, "
                + "or call SaveChanges again to send them.");
        }
    }

    /// <summary>The transaction was committed, or it was rolled back.</summary>
    public void Ended(Guid transactionId, bool isCommitted)
    {
        _unaccepted.Leave(transactionId, isCommitted);
        if (_failed is { } failed && failed.TransactionId == transactionId)
            RolledBack(failed);
    }

    /// <summary>A savepoint was created. The ones of <c>SaveChanges</c> do not count.</summary>
    public void SavepointCreated() => _savepoint += _isWriting ? 0 : 1;

    /// <summary>
    /// The transaction was rolled back to a savepoint. EF Core does not tell its name, so only the events after the last one are known to
    /// be gone.
    /// </summary>
    public void RolledBackToSavepoint()
    {
        if (_isWriting)
            return;
        _unaccepted.RolledBackTo(_savepoint);
        if (_failed is { } failed && failed.Savepoint == _savepoint)
            RolledBack(failed);
    }

    /// <summary>The rows are written, and without a transaction of the application they are committed.</summary>
    public async ValueTask CompleteAsync(int saved, bool isSynchronous, CancellationToken cancellationToken)
    {
        var unaccepted = UnacceptedRows.Of(Context);
        if (_sources is null && (saved > 0 || unaccepted.Count > 0))
            return; // An interceptor of the application has replaced the call, so the rows are not written.
        if (Transaction is { } transaction)
        {
            _sent = Pending();
            await SendWithinAsync(transaction, unaccepted.Count == 0, isSynchronous, cancellationToken).ConfigureAwait(false);

            // Rows that are not accepted are written again, and if the transaction is rolled back, so are their events.
            if (unaccepted.Count > 0)
                _unaccepted.Enter(transaction.TransactionId, _savepoint, _sent, unaccepted);
            else
                _sent.Forget();
            return;
        }

        if (_ambient is { } ambient)
        {
            await SendEnlistedAsync(ambient, unaccepted, isSynchronous, cancellationToken).ConfigureAwait(false);
            return;
        }

        _sent.Forget();
        if (Pending().Events.Count == 0)
            return;

        // SaveChanges had nothing to write. The commit sends the events.
        using (Write())
            await _sending.CommitAsync(isSynchronous, cancellationToken).ConfigureAwait(false);
        _sent.Forget();
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        Raised.Clear();
        _unaccepted.Clear();
        _sent = SentEvents.None;
        _sources = null;
        _ambient = null;
        _failed = null;
    }

    /// <inheritdoc/>
    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }

    private async ValueTask SendEnlistedAsync(
        Transaction ambient, List<object> unaccepted, bool isSynchronous, CancellationToken cancellationToken)
    {
        _sent = Pending();
        try
        {
            await _sending.SendEnlistedAsync(_sent.Events, ambient, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // The transaction contains rows without their events, and EF Core does not see its commit.
            ambient.Rollback(exception);
            if (unaccepted.Count == 0)
                _sent.Forget();
            throw;
        }

        if (unaccepted.Count > 0)
            _unaccepted.Enter(AmbientTransaction.IdOf(ambient), _savepoint, _sent, unaccepted);
        else
            _sent.Forget();
    }

    private async ValueTask SendWithinAsync(
        IDbContextTransaction transaction, bool rowsAreAccepted, bool isSynchronous, CancellationToken cancellationToken)
    {
        // If the events cannot even be rolled back, the transaction contains some of them.
        _failed = new FailedEvents(transaction.TransactionId, _sent, _savepoint, rowsAreAccepted, CanRepeat: false);
        var savepoint = new EventSavepoint(transaction, isSynchronous);
        if (_sent.Events.Count > 0)
            await savepoint.CreateAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _sending.SendAsync(_sent.Events, transaction.GetDbTransaction(), isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            if (await savepoint.TryRollBackAsync().ConfigureAwait(false))
                _failed = _failed with { CanRepeat = true };
            throw;
        }

        if (_sent.Events.Count > 0)
            await savepoint.ReleaseAsync(cancellationToken).ConfigureAwait(false);
        _failed = null;
    }

    // Rows that EF Core has accepted do not exist, and it does not write them again, so their events would announce nothing.
    private void RolledBack(FailedEvents failed)
    {
        if (failed.RowsAreAccepted)
            failed.Sent.Forget();
        _failed = null;
    }

    // In the order in which they were raised, on whatever entity.
    private SentEvents Pending()
    {
        var sources = _sources ?? Sources();
        return new SentEvents(
            [.. sources.SelectMany(static source => source.Pending).Where(_unaccepted.IsNotSent).OrderBy(static raised => raised.Number)],
            sources);
    }

    private List<RaisedEvents> Sources() => [Raised, .. TrackedEvents.Of(Context)];

    /// <summary>The time in which every commit of the context is one of <c>SaveChanges</c>.</summary>
    internal readonly struct WritingScope : IDisposable
    {
        private readonly ContextEvents _events;
        private readonly TransactionBehavior? _behavior;

        public WritingScope(ContextEvents events, TransactionBehavior? behavior)
        {
            _events = events;
            _behavior = behavior;
            _behavior?.Require();
            _events._isWriting = true;
        }

        public void Dispose()
        {
            _events._isWriting = false;
            _behavior?.Restore();
        }
    }
}
