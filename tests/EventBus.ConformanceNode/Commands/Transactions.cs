using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using Npgsql;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// <c>emitInTransaction</c>: events by name in a transaction that stays open for a delay, and is then committed or rolled back.
/// </summary>
internal sealed class Transactions(NpgsqlDataSource? dataSource)
{
    // For the beginning with all emits, and again for the end. With the cancellation of a statement, that takes less than 12 s.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Task, Task> _open = new();
    private long _committed;

    /// <summary>The number of events in transactions that have certainly committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    public async Task<JsonNode?> StartAsync(Command command, Func<NpgsqlTransaction, TransactionOperator<IUntypedEvents>> within)
    {
        var running = RunAsync(command, within);
        _open[running] = running;
        try
        {
            await running;
        }
        finally
        {
            _open.TryRemove(running, out _);
        }

        return null;
    }

    /// <summary>Completes when every transaction has ended. Its command reports the outcome.</summary>
    public async Task WhenEndedAsync() => await Task.WhenAll(_open.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(Command command, Func<NpgsqlTransaction, TransactionOperator<IUntypedEvents>> within)
    {
        var commit = command.Boolean("commit");
        var delay = command.Milliseconds("delayMs");
        var events = command.Objects("events")
            .Select(static item => (Rooms: item.Texts("rooms"), Name: item.Text("event"), Arguments: item.Values("args")))
            .ToArray();

        using var beginning = new CancellationTokenSource(Timeout);
        await using var connection = await OpenAsync(beginning.Token);
        await using var transaction = await connection.BeginTransactionAsync(beginning.Token);
        try
        {
            var everyone = within(transaction);
            foreach (var (rooms, name, arguments) in events)
                await (rooms.Length == 0 ? everyone : everyone.To(rooms)).EmitAsync(name, arguments, beginning.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new EventNotSentException("PostgreSQL does not respond, so the transaction was rolled back.", exception);
        }

        await Task.Delay(delay);
        using var ending = new CancellationTokenSource(Timeout);
        if (!commit)
        {
            await RollBackAsync(transaction, ending.Token);
            return;
        }

        await CommitAsync(transaction, ending.Token);
        Interlocked.Add(ref _committed, events.Length);
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        if (dataSource is null)
            throw new NotSupportedException("There are no PostgreSQL transactions in memory.");
        try
        {
            return await dataSource.OpenConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            throw new EventNotSentException($"There is no connection for a transaction: {exception.Message}", exception);
        }
    }

    private static async Task RollBackAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.RollbackAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            throw new EventNotSentException("The connection was lost, and the transaction was rolled back with it.", exception);
        }
    }

    private static async Task CommitAsync(NpgsqlTransaction transaction, CancellationToken cancellationToken)
    {
        try
        {
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException exception) when (!EndsConnection(exception))
        {
            throw new EventNotSentException($"PostgreSQL did not commit: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException)
        {
            throw new EventOutcomeUnknownException("The connection was lost while the transaction was being committed.", exception);
        }
    }

    // Codes of class 57P, such as admin_shutdown: the outcome of the commit is unknown.
    private static bool EndsConnection(PostgresException exception) => exception.SqlState.StartsWith("57P", StringComparison.Ordinal);
}
