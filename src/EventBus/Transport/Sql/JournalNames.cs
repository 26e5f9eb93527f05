namespace EventBus.Transport.Sql;

/// <summary>The quoted names of the journal and of the objects beside it, which have its name and a suffix, in its schema.</summary>
internal sealed class JournalNames
{
    /// <summary>What the name of a partition has behind the name of the journal: the UTC time of its beginning.</summary>
    private const string LongestSuffix = "_202611302200";

    private readonly string _table;

    /// <param name="tableName"><c>table</c> or <c>schema.table</c>.</param>
    /// <exception cref="ArgumentException">A name is not valid in PostgreSQL, or leaves no room for the suffix of a partition.</exception>
    public JournalNames(string tableName)
        : this(SchemaOf(tableName), tableName[(tableName.IndexOf('.', StringComparison.Ordinal) + 1)..])
    {
    }

    private JournalNames(string? schema, string table)
    {
        if (table.Length == 0)
            throw new ArgumentException("The name of the journal is empty.", nameof(table));
        (Schema, _table) = (schema, table);
        Table = Name("");
        _ = Name(LongestSuffix);
    }

    /// <summary>The most bytes of the name of a journal.</summary>
    public static int MaxBytes => SqlIdentifier.MaxBytes - LongestSuffix.Length;

    /// <summary>The schema, not quoted; null: the first of the search path that has the journal.</summary>
    public string? Schema { get; }

    /// <summary>The journal: a row for each statement.</summary>
    public string Table { get; }

    /// <summary>A view of the journal for people: a row for each event.</summary>
    public string Events => Name("_events");

    /// <summary>One row with the incarnation of the journal.</summary>
    public string State => Name("_state");

    /// <summary>A row for each partition that was removed.</summary>
    public string Drops => Name("_drops");

    /// <summary>A row for each group of durable handlers.</summary>
    public string Groups => Name("_groups");

    /// <summary>A row for each node that has a handler of a group.</summary>
    public string Members => Name("_members");

    /// <summary>A row for each partition of a group: its owner, and how far it has come.</summary>
    public string Cursors => Name("_cursors");

    /// <summary>The events that a group could not handle.</summary>
    public string DeadLetters => Name("_dead_letters");

    /// <summary>The same names in a schema, so that sessions with another search path find the same tables.</summary>
    public JournalNames In(string schema) => new(schema, _table);

    private static string? SchemaOf(string tableName) =>
        tableName.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? tableName[..dot] : null;

    private string Name(string suffix)
    {
        var name = SqlIdentifier.Quote(_table + suffix);
        return Schema is null ? name : $"{SqlIdentifier.Quote(Schema)}.{name}";
    }
}
