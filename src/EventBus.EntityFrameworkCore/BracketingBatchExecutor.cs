using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Update;

namespace EventBus.EntityFrameworkCore;

/// <summary>
/// Tells the events of a context when <c>SaveChanges</c> writes rows, in each attempt. EF Core begins and commits its own transaction
/// within this call, so a transaction that commits outside of it is not one of <c>SaveChanges</c>, whatever has failed before.
/// </summary>
internal sealed class BracketingBatchExecutor(IBatchExecutor inner, ContextEvents events) : IBatchExecutor
{
    public int Execute(IEnumerable<ModificationCommandBatch> commandBatches, IRelationalConnection connection)
    {
        using (events.Write())
            return inner.Execute(commandBatches, connection);
    }

    public async Task<int> ExecuteAsync(
        IEnumerable<ModificationCommandBatch> commandBatches,
        IRelationalConnection connection,
        CancellationToken cancellationToken = default)
    {
        using (events.Write())
            return await inner.ExecuteAsync(commandBatches, connection, cancellationToken).ConfigureAwait(false);
    }
}
