using System.Data.Common;
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
    private readonly TransactionBehavior _behavior = new(current.Context);
    private readonly EventSending _sending = new(current.Context, options);
    private readonly UnacceptedEvents _unaccepted = new();
    private List<RaisedEvents> _sources = [];
    private IReadOnlyList<RaisedEvent> _sent = [];
    private Guid? _incomplete;
    private bool _isSaving;

    /// <summary>The events that were raised on the context itself.</summary>
    public RaisedEvents Raised { get; } = new();

    private DbContext Context => current.Context;

    /// <summary>Adds an event. An interceptor of the application can raise it in a <c>SaveChanges</c> that has begun.</summary>
    public void Raise(RaisedEvent raised)
    {
        Raised.Add(raised);
        if (_isSaving)
            RequireTransaction();
    }

    /// <summary><c>SaveChanges</c> begins.</summary>
    /// <exception cref="EventNotSentException">There are events, and an ambient transaction.</exception>
    public void Begin()
    {
        End(); // EF Core does not report every failure of the call before.
        _sources = [Raised, .. TrackedEvents.Of(Context)];
        _unaccepted.LeaveIfEnded(Context.Database.IsRelational() ? Context.Database.CurrentTransaction?.TransactionId : null);
        if (Pending().Count > 0)
            RequireTransaction();
        _isSaving = true;
        Context.SaveChangesFailed += OnFailed;
    }

    /// <summary>A transaction of the context is about to commit.</summary>
    /// <exception cref="InvalidOperationException">The transaction lacks events of rows that it has written.</exception>
    public async ValueTask CommittingAsync(
        DbTransaction transaction, Guid transactionId, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (_isSaving)
        {
            // The transaction of SaveChanges itself. If the attempt before failed, its events were rolled back with its rows.
            _sent = Pending();
            await _sending.SendAsync(_sent, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
        }
        else if (_incomplete == transactionId)
        {
            throw new InvalidOperationException(
                "The transaction cannot be committed: SaveChanges has written rows in it, but could not send their events. Roll it back, "
                + "or call SaveChanges again to send them.");
        }
    }

    /// <summary>The transaction was committed, or it was rolled back.</summary>
    public void Ended(Guid transactionId, bool isCommitted)
    {
        if (_unaccepted.Leave(transactionId) is { } sent && isCommitted)
            Forget(sent);
    }

    /// <summary>The rows are written, and without a transaction of the application they are committed.</summary>
    public async ValueTask CompleteAsync(bool isSynchronous, CancellationToken cancellationToken)
    {
        try
        {
            var transaction = Context.Database.IsRelational() ? Context.Database.CurrentTransaction : null;
            if (transaction is null)
            {
                Forget(_sent);
                _sent = [];
                if (Pending().Count > 0) // SaveChanges had nothing to write. The commit sends them.
                    await _sending.CommitAsync(isSynchronous, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SendWithinAsync(transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
            }

            // Rows that are not accepted are written again, and if the transaction is rolled back, so are their events.
            if (transaction is not null && HasUnacceptedRows())
                _unaccepted.Enter(transaction.TransactionId, _sent);
            else
                Forget(_sent);
        }
        finally
        {
            End();
        }
    }

    /// <summary>The call of <c>SaveChanges</c> has ended. If it failed, its events are still pending, as its rows are.</summary>
    public void End()
    {
        Context.SaveChangesFailed -= OnFailed;
        _behavior.Restore();
        _sources = [];
        _sent = [];
        _isSaving = false;
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        End();
        Raised.Clear();
        _unaccepted.Clear();
        _incomplete = null;
    }

    /// <inheritdoc/>
    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }

    // Unlike the interceptor, the event is raised for a conflict as well.
    private void OnFailed(object? sender, SaveChangesFailedEventArgs arguments) => End();

    // In the order in which they were raised, on whatever entity.
    private List<RaisedEvent> Pending() =>
        [.. _sources.SelectMany(static source => source.Pending).Where(_unaccepted.IsNotSent).OrderBy(static raised => raised.Number)];

    private void RequireTransaction()
    {
        if (!Context.Database.IsNpgsql())
        {
            throw new InvalidOperationException(
                $"The events of '{Context.GetType().Name}' cannot be sent with its changes, because its database is not PostgreSQL. "
                + "Configure it with UseNpgsql.");
        }

        if (Context.Database.CurrentTransaction is not null)
            return;
        CurrentTransaction.ThrowIfAmbient(Context);
        _behavior.Require();
    }

    private async ValueTask SendWithinAsync(IDbContextTransaction transaction, bool isSynchronous, CancellationToken cancellationToken)
    {
        _sent = Pending();
        _incomplete = transaction.TransactionId;
        await _sending.SendAsync(_sent, transaction.GetDbTransaction(), isSynchronous, cancellationToken).ConfigureAwait(false);
        _incomplete = null;
    }

    private void Forget(IReadOnlyList<RaisedEvent> sent)
    {
        if (sent.Count == 0)
            return;
        var set = sent.ToHashSet();
        foreach (var source in _sources.Count > 0 ? _sources : [Raised, .. TrackedEvents.Of(Context)])
            source.Remove(set);
    }

    // The rows of SaveChanges(acceptAllChangesOnSuccess: false) still count as changes.
    private bool HasUnacceptedRows()
    {
        using (new UndetectedChanges(Context.ChangeTracker))
            return Context.ChangeTracker.HasChanges();
    }
}
