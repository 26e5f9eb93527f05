using System.Globalization;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Journal;

/// <summary>A source that writes rows to the journal over one connection, in transactions of any length.</summary>
/// <param name="connection">Its connection.</param>
/// <param name="source">Its id.</param>
/// <param name="random">Decides what it does next.</param>
internal sealed class JournalWriter(NpgsqlConnection connection, string source, Random random) : IAsyncDisposable
{
    public const string Channel = "socket.io#/";

    private readonly Stack<(string Name, int Count)> _savepoints = new();
    private readonly List<string> _open = []; // events of the open transaction
    private NpgsqlTransaction? _transaction;
    private long? _reserved; // an id that was drawn before the transaction has one
    private long _last;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The identities of its committed events, in the order of sending within each transaction.</summary>
    public List<string> Committed { get; } = [];

    /// <summary>Does a random step.</summary>
    public Task StepAsync() => _transaction is null
        ? random.Next(3) switch
        {
            0 => BeginAsync(),
            _ => WriteAsync("numbers"),
        }
        : random.Next(12) switch
        {
            0 => CommitAsync(),
            1 => RollbackAsync(),
            2 => SaveAsync(),
            3 => RollbackToSavepointAsync(),
            4 or 5 => ReserveAsync(),
            6 or 7 => WriteAsync("ids"),
            _ => Task.CompletedTask, // It stays open for a long time.
        };

    /// <summary>Commits the open transaction, if there is one.</summary>
    public async Task CommitAsync()
    {
        if (_transaction is null)
            return;
        await _transaction.CommitAsync(Cancellation);
        Committed.AddRange(_open);
        End();
    }

    /// <summary>Writes a row of up to four events, each for itself or for another channel.</summary>
    /// <param name="column">The column of their numbers.</param>
    public async Task WriteAsync(string column)
    {
        var numbers = Enumerable.Range(0, random.Next(1, 5)).Select(_ => ++_last).ToArray();
        await using var command = new NpgsqlCommand(
            $"""
            INSERT INTO eventbus_journal (id, incarnation, source, channels, events, {column}, messages)
            VALUES (coalesce($1, nextval('eventbus_journal_id_seq')), 1, $2, $3, '{"{placed}"}', $4, $5)
            """,
            connection,
            _transaction)
        {
            Parameters =
            {
                new() { Value = (object?)_reserved ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Bigint },
                new() { Value = source },
                new() { Value = new[] { Channel } },
                new() { Value = numbers },
                new() { Value = string.Join('\n', numbers.Select(static number => number.ToString(CultureInfo.InvariantCulture))) },
            },
        };
        _reserved = null;
        await command.ExecuteNonQueryAsync(Cancellation);
        var identities = numbers.Select(number => new EventIdentity(source, Channel, number, column == "ids").ToString());
        (_transaction is null ? Committed : _open).AddRange(identities);
    }

    public async ValueTask DisposeAsync() => await connection.DisposeAsync();

    private async Task BeginAsync() => _transaction = await connection.BeginTransactionAsync(Cancellation);

    private async Task RollbackAsync()
    {
        await _transaction!.RollbackAsync(Cancellation);
        End();
    }

    private async Task SaveAsync()
    {
        var name = $"s{_savepoints.Count}";
        await _transaction!.SaveAsync(name, Cancellation);
        _savepoints.Push((name, _open.Count));
    }

    private async Task RollbackToSavepointAsync()
    {
        if (!_savepoints.TryPop(out var savepoint))
            return;
        await _transaction!.RollbackAsync(savepoint.Name, Cancellation);
        _open.RemoveRange(savepoint.Count, _open.Count - savepoint.Count);
    }

    // As if the server had suspended the statement between the two: the row gets a low id and a high transaction id.
    private async Task ReserveAsync()
    {
        await using var command = new NpgsqlCommand("SELECT nextval('eventbus_journal_id_seq')", connection, _transaction);
        _reserved ??= (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    private void End()
    {
        _transaction = null;
        _open.Clear();
        _savepoints.Clear();
        _reserved = null;
    }
}
