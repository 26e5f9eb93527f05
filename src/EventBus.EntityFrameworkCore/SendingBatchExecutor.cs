using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Writes the rows of <c>SaveChanges</c> with the events of the context, in each attempt. In a transaction of the application it sends the
/// events itself. If there is none, EF Core begins and commits one within this call, and the events are sent before that commit.
/// </summary>
internal sealed class SendingBatchExecutor : IBatchExecutor
{
    private readonly IBatchExecutor _inner;
    private readonly ContextEvents _events;

    public SendingBatchExecutor(IBatchExecutor inner, ContextEvents events)
    {
        (_inner, _events) = (inner, events);
        events.HasExecutor = true;
    }

    public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection) =>
        ExecuteAsync(
            () => Task.FromResult(_inner.Execute(commandBatches, connection)), isSynchronous: true, CancellationToken.None)
            .GetAwaiter().GetResult();

    public Task<int> ExecuteAsync(
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        CancellationToken cancellationToken = default) =>
        ExecuteAsync(
            () => _inner.ExecuteAsync(commandBatches, connection, cancellationToken), isSynchronous: false, cancellationToken);

    private async Task<int> ExecuteAsync(Func<Task<int>> writeAsync, bool isSynchronous, CancellationToken cancellationToken)
    {
        using var writing = _events.Write();
        return writing.HasEvents
            ? await _events.WriteAndSendAsync(writeAsync, isSynchronous, cancellationToken).ConfigureAwait(false)
            : await writeAsync().ConfigureAwait(false);
    }
}
