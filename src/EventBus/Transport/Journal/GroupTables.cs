using System.Globalization;
using EventBus.Transport.Sql;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Journal;

/// <summary>The tables of one group: its members, and the owners of its partitions. Thread-safe.</summary>
/// <param name="connections">Opens connections.</param>
/// <param name="names">The journal.</param>
/// <param name="group">The name of the group.</param>
internal sealed class GroupTables(NpgsqlDataSource connections, JournalNames names, string group)
{
    private readonly GroupSql _sql = new(names);

    /// <summary>Makes the group unless it exists.</summary>
    /// <returns>The contract and the number of partitions that it was made with.</returns>
    public async Task<(string Contract, int Partitions)> FoundAsync(
        string contract, int partitions, bool fromOldest, CancellationToken cancellationToken)
    {
        var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Command(_sql.Found, contract, partitions, fromOldest),
                Command(_sql.Group),
            },
        };
        await using var ofBatch = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return (reader.GetString(0), reader.GetInt32(1));
    }

    /// <summary>Adds this node, also after another one has removed it.</summary>
    public Task JoinAsync(string uid, CancellationToken cancellationToken) => ExecuteAsync(_sql.Join, cancellationToken, uid);

    /// <summary>Removes members, this node or others.</summary>
    public Task LeaveAsync(string[] uids, CancellationToken cancellationToken) => ExecuteAsync(_sql.Leave, cancellationToken, (object)uids);

    /// <summary>Reads the group. It writes nothing.</summary>
    public async Task<GroupView> LookAsync(CancellationToken cancellationToken)
    {
        var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { Command(_sql.Members), Command(_sql.Partitions), Command(_sql.HasLetters) },
        };
        await using var ofBatch = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        List<GroupMember> members = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            members.Add(new GroupMember(reader.GetString(0), reader.GetTimeSpan(1)));
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        List<GroupPartition> partitions = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            partitions.Add(new GroupPartition(
                reader.GetInt32(0),
                reader.GetInt64(1),
                await reader.IsDBNullAsync(2, cancellationToken).ConfigureAwait(false) ? null : reader.GetString(2),
                reader.GetDateTime(3),
                reader.GetTimeSpan(4),
                reader.GetBoolean(5)));
        }

        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new GroupView(members, partitions, reader.GetBoolean(0), reader.GetBoolean(1));
    }

    /// <summary>Takes a partition over, if it is still as it was seen.</summary>
    /// <returns>The partition; null if another node was faster, or its owner has shown a sign of life.</returns>
    public Task<OwnedPartition?> ClaimAsync(GroupPartition seen, string uid, CancellationToken cancellationToken) =>
        ReadOwnedAsync(_sql.Claim, cancellationToken, seen.Number, seen.Epoch, seen.AliveAt, uid);

    /// <inheritdoc cref="GroupSql.Reclaim"/>
    /// <returns>The partition; null if it has another owner.</returns>
    public Task<OwnedPartition?> ReclaimAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        ReadOwnedAsync(_sql.Reclaim, cancellationToken, partition, epoch);

    /// <summary>Reads the cursor of a partition.</summary>
    /// <returns>The partition; null if it has another owner.</returns>
    public Task<OwnedPartition?> ReadAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        ReadOwnedAsync(_sql.Read, cancellationToken, partition, epoch);

    /// <inheritdoc cref="GroupSql.Begin"/>
    /// <returns>False if the partition has another owner.</returns>
    public async Task<bool> BeginAsync(int partition, long epoch, CancellationToken cancellationToken)
    {
        var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var update = Command(_sql.Begin, partition, epoch);
        var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new NpgsqlBatchCommand("SELECT set_config('synchronous_commit', 'off', true)"), update },
        };
        await using var ofBatch = batch.ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return update.RecordsAffected == 1;
    }

    /// <inheritdoc cref="GroupSql.Renew"/>
    /// <returns>False if the partition has another owner.</returns>
    public async Task<bool> RenewAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        await ExecuteAsync(_sql.Renew, cancellationToken, partition, epoch).ConfigureAwait(false) == 1;

    /// <inheritdoc cref="GroupSql.Fail"/>
    /// <returns>False if the partition has another owner.</returns>
    public async Task<bool> FailAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        await ExecuteAsync(_sql.Fail, cancellationToken, partition, epoch).ConfigureAwait(false) == 1;

    /// <inheritdoc cref="GroupSql.Release"/>
    public Task ReleaseAsync(int partition, long epoch, CancellationToken cancellationToken) =>
        ExecuteAsync(_sql.Release, cancellationToken, partition, epoch);

    /// <summary>Moves the cursor, as the last statement of a transaction.</summary>
    /// <param name="connection">The connection of the transaction.</param>
    /// <param name="partition">The partition.</param>
    /// <param name="epoch">The epoch of this owner.</param>
    /// <param name="isWorking">Whether more events are in hand.</param>
    /// <param name="cursor">The new cursor.</param>
    /// <param name="idleLimit">The time after which PostgreSQL ends the transaction if the owner is frozen before its commit.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <returns>False if the partition has another owner: then roll back.</returns>
    public async Task<bool> AdvanceAsync(
        NpgsqlConnection connection,
        int partition,
        long epoch,
        bool isWorking,
        JournalCursor cursor,
        TimeSpan idleLimit,
        CancellationToken cancellationToken)
    {
        var milliseconds = ((long)idleLimit.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
        var limit = new NpgsqlBatchCommand("SELECT set_config('idle_in_transaction_session_timeout', $1, true)")
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = milliseconds } },
        };
        var update = Command(_sql.Advance, partition, epoch, isWorking);
        CursorColumns.Add(update.Parameters, cursor);
        var batch = new NpgsqlBatch(connection) { BatchCommands = { limit, update } };
        await using var ofBatch = batch.ConfigureAwait(false);
        await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        return update.RecordsAffected == 1;
    }

    /// <summary>Fences a transaction that moves no cursor, as its last statement.</summary>
    /// <returns>False if the partition has another owner: then roll back.</returns>
    public async Task<bool> FenceAsync(NpgsqlConnection connection, int partition, long epoch, CancellationToken cancellationToken) =>
        await ExecuteAsync(connection, Command(_sql.Renew, partition, epoch), cancellationToken).ConfigureAwait(false) == 1;

    /// <summary>A command whose first parameter is the group.</summary>
    internal NpgsqlBatchCommand Command(string text, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(text)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = group, NpgsqlDbType = NpgsqlDbType.Text } },
        };
        foreach (var value in values)
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }

    internal static async Task<int> ExecuteAsync(
        NpgsqlConnection connection, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        var batch = new NpgsqlBatch(connection) { BatchCommands = { command } };
        await using var ofBatch = batch.ConfigureAwait(false);
        return await batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Executes a statement whose first parameter is the group.</summary>
    /// <returns>The number of rows that it has changed.</returns>
    internal async Task<int> ExecuteAsync(string text, CancellationToken cancellationToken, params object[] values)
    {
        var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        return await ExecuteAsync(connection, Command(text, values), cancellationToken).ConfigureAwait(false);
    }

    private async Task<OwnedPartition?> ReadOwnedAsync(string text, CancellationToken cancellationToken, params object[] values)
    {
        var connection = await connections.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
        await using var ofConnection = connection.ConfigureAwait(false);
        var batch = new NpgsqlBatch(connection) { BatchCommands = { Command(text, values) } };
        await using var ofBatch = batch.ConfigureAwait(false);
        var reader = await batch.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new OwnedPartition(reader.GetInt64(0), reader.GetInt32(1), CursorColumns.Read(reader, 2))
            : null;
    }
}
