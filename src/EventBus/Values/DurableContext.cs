using System.Data;
using Npgsql;

namespace EventBus;

/// <summary>
/// The event that a durable handler handles, and the transaction that stores the position of its group. Take it as a scoped service, in
/// the constructor of the handler or of a service that it uses.
/// </summary>
/// <remarks>Valid until the handler has returned. Not thread-safe, as <see cref="Connection"/> is not.</remarks>
public sealed class DurableContext
{
    private readonly DurableTransaction _transaction;

    internal DurableContext(
        string group, int partition, EventIdentity identity, DateTimeOffset at, int attempt, DurableTransaction transaction)
    {
        (Group, Partition, Identity, At, Attempt) = (group, partition, identity, at, attempt);
        _transaction = transaction;
    }

    /// <summary>The name of the group.</summary>
    public string Group { get; }

    /// <summary>The partition of the event, counted from 0.</summary>
    public int Partition { get; }

    /// <summary>The identity of the event. It stays the same however often the event is handled: use it as the idempotency key.</summary>
    public EventIdentity Identity { get; }

    /// <summary>The time at which the event was written to the journal, by the clock of the database.</summary>
    public DateTimeOffset At { get; }

    /// <summary>The number of the attempt, counted from 1.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The transaction in which the position of the group is stored. The rows that the handler writes in it are written exactly once: they
    /// are committed with the position, or not at all. Do not commit the transaction, and do not roll it back: the attempt would fail.
    /// </summary>
    /// <remarks>
    /// Up to <see cref="DurableOptions.TransactionEvents"/> events share it. If a later one fails, all of them are rolled back and handled
    /// again. Effects outside of the transaction may then happen twice.
    /// </remarks>
    public NpgsqlTransaction Transaction => _transaction.Use();

    /// <summary>The connection of <see cref="Transaction"/>, of the data source of the bus.</summary>
    public NpgsqlConnection Connection => _transaction.Use().Connection!;
}

/// <summary>The transaction of a batch of events.</summary>
internal sealed class DurableTransaction(NpgsqlTransaction transaction)
{
    /// <summary>Whether a handler has taken it.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>Called after its commit.</summary>
    public List<Func<Task>> Committed { get; } = [];

    /// <summary>Whether PostgreSQL ends it if it is idle for too long.</summary>
    public bool IsLimited { get; set; }

    /// <summary>Whether the handler has committed or rolled back.</summary>
    public bool HasEnded
    {
        get
        {
            try
            {
                return IsUsed && transaction.IsolationLevel == IsolationLevel.Unspecified;
            }
            catch (InvalidOperationException) // It has completed, or was disposed.
            {
                return true;
            }
        }
    }

    public NpgsqlTransaction Use()
    {
        IsUsed = true;
        return transaction;
    }
}
