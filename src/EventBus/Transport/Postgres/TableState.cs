using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The attachment table and the privileges of this role on it. The name is quoted and includes the schema, so a session with another
/// search path finds the same table.
/// </summary>
internal sealed record TableState(
    string Name, bool IsOwner, bool CanInsert, bool CanReadIds, bool CanReadPayloads, bool CanUseSequence, bool HasIndex)
{
    private const string Sql = """
        SELECT format('%I.%I', c.relnamespace::regnamespace::name, c.relname),
            pg_has_role(c.relowner, 'USAGE'),
            has_column_privilege(c.oid, 'payload', 'INSERT'),
            has_column_privilege(c.oid, 'id', 'SELECT'),
            has_column_privilege(c.oid, 'payload', 'SELECT'),
            EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND a.attidentity <> '')
                OR coalesce(has_sequence_privilege(pg_get_serial_sequence($1, 'id')::regclass, 'USAGE, UPDATE'), true),
            EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = c.oid AND i.indisvalid AND a.attname = 'created_at'),
            has_column_privilege(c.oid, 'created_at', 'SELECT') -- fails if the column is missing
        FROM pg_class c WHERE c.oid = to_regclass($1)
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
            {
                return await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? new TableState(
                        reader.GetString(0),
                        reader.GetBoolean(1),
                        reader.GetBoolean(2),
                        reader.GetBoolean(3),
                        reader.GetBoolean(4),
                        reader.GetBoolean(5),
                        reader.GetBoolean(6))
                    : null;
            }
        }
    }

    /// <summary>The privileges that this role lacks to publish attachments, and to read them if it is the role of a node.</summary>
    /// <returns>The missing privileges, or null.</returns>
    public string? MissingGrants(AttachmentSchema schema, bool toRead)
    {
        List<string> missing = [];
        if (!CanInsert)
            missing.Add($"GRANT INSERT (payload) ON {schema.Table}");
        if (!CanReadIds)
            missing.Add($"GRANT SELECT (id) ON {schema.Table}");
        if (!CanUseSequence)
            missing.Add($"GRANT USAGE on the sequence of {schema.Table}.id");
        if (toRead && !CanReadPayloads)
            missing.Add($"GRANT SELECT ON {schema.Table}");
        return missing.Count == 0 ? null : string.Join(", ", missing);
    }
}
