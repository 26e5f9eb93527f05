using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using Npgsql;

namespace EventBus.ConformanceNode.Commands;

/// <summary><c>emitInTransaction</c>: events by name within a transaction of their own, which is held open and then committed or rolled back.</summary>
internal sealed class Transactions(NpgsqlDataSource? dataSource)
{
    private readonly ConcurrentDictionary<Task, Task> _open = new();
    private long _committed;

    /// <summary>How many events were in transactions that are known to have committed.</summary>
    public long Committed => Interlocked.Read(ref _committed);

    public async Task<JsonNode?> StartAsync(Command command, Func<NpgsqlTransaction, TransactionOperator> within)
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

    /// <summary>Completes when every transaction has ended, well or not: how, its command is told.</summary>
    public async Task WhenEndedAsync() => await Task.WhenAll(_open.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(Command command, Func<NpgsqlTransaction, TransactionOperator> within)
    {
        var commit = command.Boolean("commit");
        var delay = command.Milliseconds("delayMs");
        var events = command.Objects("events").Select(static item => (Rooms: item.Texts("rooms"), Name: item.Text("event"), Arguments: item.Values("args"))).ToArray();

        await using var connection = await OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (rooms, name, arguments) in events)
            await within(transaction).To(rooms).EmitAsync(name, arguments);
        await Task.Delay(delay);
        if (!commit)
        {
            await transaction.RollbackAsync();
            return;
        }

        await CommitAsync(transaction);
        Interlocked.Add(ref _committed, events.Length);
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        if (dataSource is null)
            throw new NotSupportedException("In memory there are no transactions of PostgreSQL.");
        try
        {
            return await dataSource.OpenConnectionAsync();
        }
        catch (NpgsqlException exception)
        {
            throw new EventNotSentException($"There is no connection for a transaction: {exception.Message}", exception);
        }
    }

    private static async Task CommitAsync(NpgsqlTransaction transaction)
    {
        try
        {
            await transaction.CommitAsync();
        }
        catch (PostgresException exception) when (!exception.SqlState.StartsWith("57P", StringComparison.Ordinal)) // Which end the connection.
        {
            throw new EventNotSentException($"PostgreSQL refused to commit: {exception.Message}", exception);
        }
        catch (NpgsqlException exception)
        {
            throw new EventOutcomeUnknownException("The connection was lost while the transaction was being committed.", exception);
        }
    }
}
