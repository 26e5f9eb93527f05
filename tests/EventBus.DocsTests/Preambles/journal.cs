global using static Preamble.Journal;

namespace Preamble;

[BroadcastEvent, Journaled]
public interface IOrderEvents
{
    ValueTask Placed([PartitionKey] Guid order, decimal total);
}

public sealed class Ledger : IOrderEvents
{
    public ValueTask Placed(Guid order, decimal total) => default;
}

public static class Journal
{
    public static readonly CancellationToken cancellationToken;

    public static ValueTask SaveAsync(EventIdentity identity, string position) => default;
}
