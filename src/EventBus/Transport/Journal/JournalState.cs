using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Journal;

/// <summary>The journal as this role sees it.</summary>
/// <param name="Schema">The name of its schema, not quoted.</param>
/// <param name="IsOwner">Whether this role is an owner, which makes the partitions.</param>
/// <param name="IsPartitioned">Whether it is a partitioned table, as a journal is.</param>
/// <param name="HidesRows">Whether row-level security can hide or reject rows.</param>
internal sealed record JournalState(string Schema, bool IsOwner, bool IsPartitioned, bool HidesRows)
{
    private const string Sql = """
        SELECT n.nspname::text, pg_has_role(c.relowner, 'USAGE'), c.relkind = 'p', row_security_active(c.oid)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)
        """;

    /// <returns>Null if this role can see no table of the name.</returns>
    public static async Task<JournalState?> ReadAsync(
        NpgsqlConnection connection, JournalNames names, bool isSynchronous, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = names.Table } } };
        await using var ofCommand = command.ConfigureAwait(false);
        var row = isSynchronous
            ? command.ExecuteReader()
            : await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var isFound = isSynchronous ? row.Read() : await row.ReadAsync(cancellationToken).ConfigureAwait(false);
            return isFound ? new JournalState(row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3)) : null;
        }
        finally
        {
            if (isSynchronous)
                row.Dispose();
            else
                await row.DisposeAsync().ConfigureAwait(false);
        }
    }
}
