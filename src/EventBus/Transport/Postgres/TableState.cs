using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The attachment table, the privileges of this role on it, and its settings that matter. The name is quoted and includes the schema, so a
/// session with another search path finds the same table.
/// </summary>
/// <param name="Name">The quoted name with the schema.</param>
/// <param name="IsOwner">Whether this role is an owner.</param>
/// <param name="CanInsert">Whether it may insert payloads.</param>
/// <param name="CanReadIds">Whether it may read the ids of its rows.</param>
/// <param name="CanReadPayloads">Whether it may read payloads.</param>
/// <param name="CanUseSequence">Whether it may use the sequence of the ids, if there is one.</param>
/// <param name="HasIndex">Whether there is a valid index on <c>created_at</c>.</param>
/// <param name="TypeOfCreatedAt">The type of <c>created_at</c>.</param>
/// <param name="FilteredCommands">The commands for which row-level security can hide or reject rows.</param>
/// <param name="Publication">A publication because of which PostgreSQL rejects every <c>DELETE</c>; null if there is none.</param>
internal sealed record TableState(
    string Name,
    bool IsOwner,
    bool CanInsert,
    bool CanReadIds,
    bool CanReadPayloads,
    bool CanUseSequence,
    bool HasIndex,
    string TypeOfCreatedAt,
    string[] FilteredCommands,
    string? Publication)
{
    // Row-level security lets all rows through if a permissive policy and all restrictive ones are the constant true. A table that
    // publishes deletes needs a replica identity: the primary key, a chosen index, or the full row.
    private const string Sql = """
        SELECT format('%I.%I', n.nspname, c.relname),
            pg_has_role(c.relowner, 'USAGE'),
            has_column_privilege(c.oid, 'payload', 'INSERT'),
            has_column_privilege(c.oid, 'id', 'SELECT'),
            has_column_privilege(c.oid, 'payload', 'SELECT'),
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND a.attidentity <> '')
                OR coalesce(has_sequence_privilege(pg_get_serial_sequence($1, 'id')::regclass, 'USAGE, UPDATE'), true),
            EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = c.oid AND i.indisvalid AND a.attname = 'created_at'),
            (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'created_at'),
            ARRAY(SELECT command FROM (VALUES ('INSERT', 'a'), ('SELECT', 'r'), ('DELETE', 'd')) needed(command, letter)
                WHERE row_security_active(c.oid) AND (
                    SELECT bool_or(is_true) FILTER (WHERE polpermissive)
                        AND coalesce(bool_and(is_true) FILTER (WHERE NOT polpermissive), true)
                    FROM pg_policy p, coalesce(CASE letter WHEN 'a' THEN p.polwithcheck END, p.polqual) condition,
                        coalesce(pg_get_expr(condition, c.oid) = 'true', false) is_true
                    WHERE p.polrelid = c.oid AND p.polcmd IN (letter::"char", '*')
                        AND EXISTS (SELECT FROM unnest(p.polroles) role WHERE role = 0 OR pg_has_role(role, 'USAGE'))) IS NOT TRUE),
            (SELECT min(p.pubname) FROM pg_publication p JOIN pg_publication_tables t USING (pubname)
                WHERE p.pubdelete AND t.schemaname = n.nspname AND t.tablename = c.relname AND c.relreplident <> 'f' AND NOT EXISTS (
                    SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisvalid AND i.indimmediate
                        AND (c.relreplident = 'd' AND i.indisprimary OR c.relreplident = 'i' AND i.indisreplident))),
            has_column_privilege(c.oid, 'created_at', 'SELECT') -- fails if the column is missing
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass($1)
        """;

    /// <returns>Null if there is no such table.</returns>
    /// <exception cref="PostgresException">A column is missing (42703), or this role may not use the schema (42501).</exception>
    public static async Task<TableState?> ReadAsync(
        NpgsqlConnection connection, AttachmentSchema schema, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = schema.Name } } };
        await using (command.ConfigureAwait(false))
        {
            var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (reader.ConfigureAwait(false))
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? Read(reader) : null;
        }
    }

    private static TableState Read(NpgsqlDataReader row) => new(
        row.GetString(0),
        row.GetBoolean(1),
        row.GetBoolean(2),
        row.GetBoolean(3),
        row.GetBoolean(4),
        row.GetBoolean(5),
        row.GetBoolean(6),
        row.GetString(7),
        row.GetFieldValue<string[]>(8),
        row.IsDBNull(9) ? null : row.GetString(9));
}
