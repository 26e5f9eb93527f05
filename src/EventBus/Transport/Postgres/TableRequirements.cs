using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>The use of the attachment table by a node or a publisher.</summary>
/// <param name="Reads">Whether it reads attachments.</param>
/// <param name="Removes">Whether it removes old ones.</param>
internal readonly record struct TableUse(bool Reads, bool Removes)
{
    /// <summary>A publisher only writes.</summary>
    public static TableUse ByPublisher => default;

    public static TableUse ByNode(EventBusOptions options) => new(Reads: true, options.CleanupInterval != Timeout.InfiniteTimeSpan);
}

/// <summary>The requirements of an attachment table. Without them, attachments cannot be used, are lost, or are never removed.</summary>
internal static class TableRequirements
{
    /// <summary>Finds the first requirement that the table does not meet.</summary>
    /// <returns>A sentence that names it and the remedy; null if all are met.</returns>
    public static string? FindUnmet(TableState table, TableUse use) =>
        MissingGrants(table, use) ?? WrongType(table) ?? FilteredRows(table, use) ?? RejectedDeletes(table, use);

    private static string? MissingGrants(TableState table, TableUse use)
    {
        List<string> missing = [];
        if (!table.CanInsert)
            missing.Add($"GRANT INSERT (payload) ON {table.Name}");
        if (!table.CanReadIds)
            missing.Add($"GRANT SELECT (id) ON {table.Name}");
        if (!table.CanUseSequence)
            missing.Add($"GRANT USAGE on the sequence of {table.Name}.id");
        if (use.Reads && !table.CanReadPayloads)
            missing.Add($"GRANT SELECT ON {table.Name}");
        return missing.Count == 0
            ? null
            : $"This role lacks privileges on the attachment table. It needs: {string.Join(", ", missing)}.";
    }

    // The age of a row would depend on the time zones of the sessions, so it could be removed hours too early or too late.
    private static string? WrongType(TableState table) => table.TypeOfCreatedAt == "timestamp with time zone"
        ? null
        : $"The column created_at of the attachment table has the type '{table.TypeOfCreatedAt}', so the age of its rows is not known. "
            + $"Run: ALTER TABLE {table.Name} ALTER COLUMN created_at TYPE timestamptz.";

    // Hidden rows are lost events, and are never removed.
    private static string? FilteredRows(TableState table, TableUse use)
    {
        var commands = table.FilteredCommands.Where(command => command != "DELETE" || use.Removes).ToArray();
        return commands.Length == 0
            ? null
            : $"Row-level security on the attachment table {table.Name} can hide or reject rows for this role "
                + $"({string.Join(", ", commands)}). Run: ALTER TABLE {table.Name} DISABLE ROW LEVEL SECURITY; or give the role BYPASSRLS, "
                + "or a policy USING (true) WITH CHECK (true) and no restrictive ones.";
    }

    private static string? RejectedDeletes(TableState table, TableUse use) => table.Publication is null || !use.Removes
        ? null
        : $"The publication '{table.Publication}' publishes deletes of the attachment table {table.Name}, which has no replica identity, "
            + "so PostgreSQL rejects the removal of old rows. Remove the table from the publication, or run: "
            + $"ALTER TABLE {table.Name} REPLICA IDENTITY FULL. If another node removes the rows, set CleanupInterval to infinite here.";
}

/// <summary>Names the grants that a statement on the attachment table needs, if PostgreSQL rejected it for a missing privilege.</summary>
/// <remarks>The text of PostgreSQL names one object, in the language of the server, and no privilege.</remarks>
internal static class MissingPrivilege
{
    /// <summary>Adds the grants to the message of an exception; null if it is of another kind.</summary>
    /// <param name="exception">The failure of a statement that names the table.</param>
    /// <param name="schema">The table.</param>
    /// <param name="use">The use of the table.</param>
    public static string? Explain(Exception exception, AttachmentSchema schema, TableUse use) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } rejection
            ? $"{rejection.MessageText}. The role of this connection needs: {Grants(schema, use)}"
            : null;

    /// <summary>
    /// The same for a statement of an event in a caller's transaction. By default, every role may execute its functions.
    /// </summary>
    /// <param name="exception">The failure of the statement.</param>
    /// <param name="schema">The table; null if the statement does not name it.</param>
    public static string? ExplainWithin(Exception exception, AttachmentSchema? schema) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } rejection
            ? $"{rejection.MessageText}. The role of this connection needs: {DatabaseIdentity.LocalGrant}, pg_notify(text, text)"
                + (schema is null ? "." : $"; {Grants(schema, TableUse.ByPublisher)}")
            : null;

    /// <summary>A sentence for a table that was not found: a role finds none in a schema that it may not use.</summary>
    public static string NotFound(AttachmentSchema schema, TableUse use) =>
        $"There is no table {schema.Table} that this role can see. If there is one, the role needs GRANT USAGE ON the SCHEMA of the table, "
        + $"and {Grants(schema, use)}";

    /// <summary>The grants that a role needs for a use of the table.</summary>
    public static string Grants(AttachmentSchema schema, TableUse use)
    {
        var usage = schema.SchemaName is { } name ? $"GRANT USAGE ON SCHEMA {name}; " : "";
        List<string> privileges = ["INSERT (payload)", use.Reads ? "SELECT" : "SELECT (id)"];
        if (use.Removes)
            privileges.Add("DELETE");
        return $"{usage}GRANT {string.Join(", ", privileges)} ON {schema.Name}; and, if a Socket.IO "
            + "server created the table, GRANT USAGE ON SEQUENCE of its id.";
    }
}
