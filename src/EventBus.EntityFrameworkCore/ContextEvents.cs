using System.Data.Common;
using System.Transactions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// The raised events of one context, and how <c>SaveChanges</c> sends them: within the transaction that writes the rows, and again in each
/// attempt. They are pending until EF Core accepts the rows, so events and rows are always repeated together.
/// </summary>
/// <remarks>A service of the context, one for each. A pool resets it.</remarks>
internal sealed class ContextEvents(ICurrentDbContext current, IDbContextOptions options) : IResettableService
{
    private readonly EventSending _sending = new(current.Context, options);
    private readonly ContainedEvents _contained = new(current.Context);
    private Transaction? _ambient; // if there are events
    private bool _isWritten;

    /// <summary>The events that were raised on the context itself.</summary>
    public RaisedEvents Raised { get; } = new();

    /// <summary>The attempt that is under way, in which <c>SaveChanges</c> writes rows.</summary>
    public WritingScope? Writing { get; set; }

    /// <summary>Whether EF Core writes rows through the executor of EventBus.</summary>
    public bool HasExecutor { get; set; }

    private DbContext Context => current.Context;

    private IDbContextTransaction? Transaction => Context.Database.IsRelational() ? Context.Database.CurrentTransaction : null;

    private Guid? TransactionId =>
        Transaction?.TransactionId ?? (AmbientTransaction.Of(Context) is { } ambient ? AmbientTransaction.IdOf(ambient) : null);

    /// <summary><c>SaveChanges</c> begins.</summary>
    /// <exception cref="EventNotSentException">There are events, and the context does not write in the ambient transaction.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are events that cannot be sent, or it is unknown which events the transaction contains.
    /// </exception>
    public void Begin()
    {
        _isWritten = false;
        _contained.ThrowIfUnknown(TransactionId);
        _ = Pending(); // Events that cannot be sent are refused before EF Core looks for changes.
    }

    /// <summary>
    /// <c>SaveChanges</c> writes its rows, until the result is disposed. EF Core and the interceptors have found all entities now.
    /// </summary>
    /// <exception cref="EventNotSentException">There are events, and the context does not write in the ambient transaction.</exception>
    /// <exception cref="InvalidOperationException">
    /// There are events that cannot be sent, or another <c>SaveChanges</c> of the context sends events now.
    /// </exception>
    public WritingScope Write()
    {
        if (Writing is { HasEvents: true })
        {
            throw new InvalidOperationException(
                "SaveChanges was called while another SaveChanges of the same context writes rows and sends their events, by an "
                + "interceptor or by a lambda that was raised. Call it afterwards, or use another context.");
        }

        _isWritten = true;
        return new WritingScope(this, Context, Pending());
    }

    /// <summary>Writes rows and sends their events. A transaction of the application contains both, or neither.</summary>
    public Task<int> WriteAndSendAsync(Func<Task<int>> writeAsync, bool isSynchronous, CancellationToken cancellationToken) =>
        Transaction is { } transaction ? WriteAndSendAsync(transaction, writeAsync, isSynchronous, cancellationToken)
        : _ambient is { } ambient ? WriteAndSendEnlistedAsync(ambient, writeAsync, isSynchronous, cancellationToken)
        : writeAsync(); // EF Core begins a transaction, and its commit is intercepted.

    /// <summary>A transaction of the context is about to commit.</summary>
    /// <exception cref="InvalidOperationException">It is unknown which events the transaction contains.</exception>
    public async ValueTask CommittingAsync(
        DbTransaction transaction, Guid transactionId, bool isSynchronous, CancellationToken cancellationToken)
    {
        _contained.ThrowIfUnknown(transactionId);
        if (Writing is not { HasEvents: true } writing)
            return;

        // The transaction of SaveChanges itself. If the attempt before failed, its events were rolled back with its rows.
        await _sending
            .SendAsync(writing, new SendingTransaction(CurrentTransaction.Of(transaction)), isSynchronous, cancellationToken)
            .ConfigureAwait(false);
        _contained.Enter(transactionId, writing, block: null);
    }

    /// <summary>The transaction was committed, or it was rolled back.</summary>
    public void Ended(Guid transactionId) => _contained.ForgetWithoutRows(transactionId);

    /// <summary>A savepoint was created. The ones of <c>SaveChanges</c> do not count.</summary>
    public void SavepointCreated(Guid transactionId)
    {
        if (Writing is null)
            _contained.SavepointCreated(transactionId);
    }

    /// <summary>The transaction was rolled back to a savepoint.</summary>
    public void RolledBackToSavepoint(Guid transactionId)
    {
        if (Writing is null)
            _contained.RolledBackToSavepoint(transactionId);
    }

    /// <summary><c>SaveChanges</c> has succeeded. If it had no rows to write, its events are sent now.</summary>
    public async ValueTask CompleteAsync(int saved, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (saved > 0 || Pending().Count == 0)
            return;
        if (!_isWritten && TrackedEntities.Unaccepted(Context).Count > 0)
            return; // An interceptor of the application has replaced the call, so the rows are not written.
        if (TransactionId is not { } transactionId)
        {
            await _sending.CommitAsync(this, isSynchronous, cancellationToken).ConfigureAwait(false);
            return;
        }

        using (Write())
            await WriteAndSendAsync(static () => Task.FromResult(0), isSynchronous, cancellationToken).ConfigureAwait(false);
        if (ExecutionStrategy.Current is null) // Otherwise, the transaction may be repeated.
            _contained.ForgetWithoutRows(transactionId);
    }

    /// <inheritdoc/>
    public void ResetState()
    {
        Raised.Clear();
        _contained.Clear();
        _ambient = null;
    }

    /// <inheritdoc/>
    public Task ResetStateAsync(CancellationToken cancellationToken = default)
    {
        ResetState();
        return Task.CompletedTask;
    }

    private Task<int> WriteAndSendAsync(
        IDbContextTransaction transaction, Func<Task<int>> writeAsync, bool isSynchronous, CancellationToken cancellationToken) =>
        WriteAndSendAsync(
            new SendingTransaction(CurrentTransaction.Of(transaction)),
            transaction.TransactionId,
            _ => _contained.BecomeUnknown(transaction.TransactionId),
            writeAsync,
            isSynchronous,
            cancellationToken);

    /// <summary>
    /// Writes and sends in the ambient transaction, over the connection of the context, which is enlisted in it. It stays open meanwhile,
    /// as the savepoint belongs to its session.
    /// </summary>
    private async Task<int> WriteAndSendEnlistedAsync(
        Transaction ambient, Func<Task<int>> writeAsync, bool isSynchronous, CancellationToken cancellationToken)
    {
        if (isSynchronous)
            Context.Database.OpenConnection();
        else
            await Context.Database.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // EF Core does not see the commit, so it could not refuse one of unknown content.
            return await WriteAndSendAsync(
                new SendingTransaction(AmbientTransaction.ConnectionOf(Context, ambient)),
                AmbientTransaction.IdOf(ambient),
                failure => AmbientTransaction.RollBack(ambient, failure),
                writeAsync,
                isSynchronous,
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (isSynchronous)
                Context.Database.CloseConnection();
            else
                await Context.Database.CloseConnectionAsync().ConfigureAwait(false);
        }
    }

    /// <param name="transaction">The transaction.</param>
    /// <param name="transactionId">Its identity.</param>
    /// <param name="giveUp">Called with the failure if the transaction may contain a part of the rows and events.</param>
    /// <param name="writeAsync">Writes the rows.</param>
    /// <param name="isSynchronous">Whether the call must not await anything.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    private async Task<int> WriteAndSendAsync(
        SendingTransaction transaction,
        Guid transactionId,
        Action<Exception> giveUp,
        Func<Task<int>> writeAsync,
        bool isSynchronous,
        CancellationToken cancellationToken)
    {
        var writing = Writing!;
        var savepoint = new EventSavepoint(transaction, isSynchronous);
        var isCreated = false;
        int rows;
        try
        {
            await savepoint.CreateAsync().ConfigureAwait(false);
            isCreated = true;
            rows = await writeAsync().ConfigureAwait(false);
            await _sending.SendAsync(writing, transaction, isSynchronous, cancellationToken).ConfigureAwait(false);
            await savepoint.ReleaseAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (isCreated && !await savepoint.TryRollBackAsync().ConfigureAwait(false))
                giveUp(exception);
            throw;
        }

        _contained.Enter(transactionId, writing, ExecutionStrategy.Current);
        return rows;
    }

    // In the order in which they were raised, on whatever entity. Two entities may share a collection.
    private List<RaisedEvent> Pending()
    {
        _contained.LeaveIfEnded(TransactionId);
        var sources = TrackedEntities.Events(Context);
        if (sources.Count == 0 && Raised.Count == 0)
            return [];
        List<RaisedEvent> events =
        [
            .. sources.Append(Raised).Distinct()
                .SelectMany(static source => source.Pending)
                .Where(raised => !_contained.Contains(raised))
                .OrderBy(static raised => raised.Number),
        ];
        if (events.Count > 0)
            RequireSendable();
        return events;
    }

    private void RequireSendable()
    {
        _ambient = CurrentTransaction.Require(Context);
        if (!HasExecutor)
            _ = Context.GetService<IBatchExecutor>();
        if (!HasExecutor)
        {
            throw new InvalidOperationException(
                $"The events of '{Context.GetType().Name}' cannot be sent with its changes, because another extension of the options has "
                + "replaced EF Core's IBatchExecutor. Call UseEventBus after the method that adds it.");
        }
    }
}
