namespace EventBus.Transport.Sql;

/// <summary>The quoted names of the journal and of the objects beside it, which have its name and a suffix, in its schema.</summary>
internal sealed class JournalNames
{
    /// <summary>What the name of a partition has behind the name of the journal: the UTC time of its beginning.</summary>
    private const string LongestSuffix = "_202611302200";

    private readonly string _prefix;
    private readonly string _table;

    /// <param name="tableName"><c>table</c> or <c>schema.table</c>.</param>
    /// <exception cref="ArgumentException">A name is not valid in PostgreSQL, or leaves no room for the suffix of a partition.</exception>
    public JournalNames(string tableName)
    {
        var dot = tableName.IndexOf('.', StringComparison.Ordinal);
        _prefix = dot < 0 ? "" : $"{SqlIdentifier.Quote(tableName[..dot])}.";
        _table = tableName[(dot + 1)..];
        Table = Name("");
        _ = Name(LongestSuffix);
    }

    /// <summary>The most bytes of the name of a journal.</summary>
    public static int MaxBytes => SqlIdentifier.MaxBytes - LongestSuffix.Length;

    /// <summary>The journal: a row for each statement.</summary>
    public string Table { get; }

    /// <summary>A view of the journal for people: a row for each event.</summary>
    public string Events => Name("_events");

    /// <summary>One row with the incarnation of the journal.</summary>
    public string State => Name("_state");

    /// <summary>A row for each partition that was removed.</summary>
    public string Drops => Name("_drops");

    private string Name(string suffix) => _table.Length == 0
        ? throw new ArgumentException("The name of the journal is empty.")
        : _prefix + SqlIdentifier.Quote(_table + suffix);
}
