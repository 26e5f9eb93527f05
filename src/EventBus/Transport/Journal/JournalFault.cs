using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Journal;

/// <summary>Names the remedy if PostgreSQL rejects the row of a journaled event.</summary>
internal static class JournalFault
{
    /// <summary>Whether the cause is the journal, and not a message: then all journaled events fail.</summary>
    public static bool IsOfJournal(PostgresException rejection) => rejection.SqlState is PostgresErrorCodes.UndefinedTable
        or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.CheckViolation
        or PostgresErrorCodes.NotNullViolation or PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction
        or PostgresErrorCodes.DatatypeMismatch or PostgresErrorCodes.ReadOnlySqlTransaction;

    /// <summary>A text with the cause and the remedy; null if PostgreSQL's own text is all that is known.</summary>
    public static string? Explain(Exception exception, JournalNames names) => exception is not PostgresException rejection
        ? null
        : rejection.SqlState switch
        {
            PostgresErrorCodes.CheckViolation when rejection.ConstraintName is null =>
                $"the journal {names.Table} has no partition for the present time. A node or publisher whose role owns the journal makes "
                + "the partitions while it sends journaled events; otherwise its owner must run the SQL of JournalTables.MaintainSql "
                + "regularly",
            PostgresErrorCodes.NotNullViolation =>
                $"{names.State} has no row. Run: INSERT INTO {names.State} DEFAULT VALUES; and the SQL of JournalTables.MaintainSql",
            PostgresErrorCodes.UndefinedTable => $"{rejection.MessageText}. {NotFound(names)}",
            PostgresErrorCodes.InsufficientPrivilege => $"{rejection.MessageText}. The role of this connection needs: {Grants(names)}",
            PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.UndefinedFunction or PostgresErrorCodes.DatatypeMismatch =>
                $"{rejection.MessageText}. {names.Table} is not the journal of this version of EventBus: see JournalTables.CreateSql",
            _ => null,
        };

    /// <summary>A sentence for a journal that is missing and cannot be created.</summary>
    public static string NotCreated(JournalNames names, PostgresException rejection) =>
        $"There is no journal {names.Table} that this role can see, and the role cannot create it: {rejection.MessageText}. Create it with "
        + "the SQL of JournalTables.CreateSql as the owner of the schema, or GRANT CREATE ON that SCHEMA to the role";

    /// <summary>A sentence for a journal that was not found: a role finds none in a schema that it may not use.</summary>
    public static string NotFound(JournalNames names) =>
        $"There is no journal {names.Table} that this role can see. Create it with the SQL of JournalTables.CreateSql, or set CreateTable "
        + $"to true. If it exists, the role needs: {Grants(names)}";

    /// <summary>
    /// A text with the cause and the remedy if the journal cannot be read; null if PostgreSQL's own text is all that is known.
    /// </summary>
    public static string? ExplainRead(Exception exception, JournalNames names) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } rejection
            ? $"{rejection.MessageText}. The role of this connection needs: {ReadGrants(names)}"
            : Explain(exception, names);

    /// <summary>A sentence for a table that is missing, or is no journal that can be read.</summary>
    public static string NotReadable(JournalNames names, JournalState? state) => state switch
    {
        null => $"There is no journal {names.Table} that this role can see. The first journaled event creates it if CreateTable is true; "
            + $"or create it with the SQL of JournalTables.CreateSql. If it exists, the role needs: {ReadGrants(names)}",
        { IsPartitioned: false } => NoJournal(names),
        _ => HidesRows(names),
    };

    /// <summary>A sentence for a table that is no journal.</summary>
    public static string NoJournal(JournalNames names) =>
        $"{names.Table} is not a journal: it has no partitions. Set JournalTable to another name.";

    /// <summary>A sentence for a journal with row-level security.</summary>
    public static string HidesRows(JournalNames names) =>
        $"Row-level security on the journal {names.Table} can hide or reject rows for this role. Run: ALTER TABLE {names.Table} "
        + "DISABLE ROW LEVEL SECURITY; or give the role BYPASSRLS.";

    private static string ReadGrants(JournalNames names) =>
        $"GRANT USAGE ON the SCHEMA of the journal; GRANT SELECT ON {names.Table}, {names.State}, {names.Drops}";

    private static string Grants(JournalNames names)
    {
        var usage = names.Schema is { } schema ? $"GRANT USAGE ON SCHEMA {SqlIdentifier.Quote(schema)}; " : "GRANT USAGE ON its SCHEMA; ";
        return $"{usage}GRANT INSERT ON {names.Table}; GRANT SELECT ON {names.State}";
    }
}
