namespace EventBus.Transport.Sql;

/// <summary>Quotes constant text for SQL.</summary>
internal static class SqlText
{
    /// <summary>A literal of the text, whatever <c>standard_conforming_strings</c> is.</summary>
    public static string Quote(string text)
    {
        var quoted = $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
        return text.Contains('\\', StringComparison.Ordinal) ? $"E{quoted.Replace(@"\", @"\\", StringComparison.Ordinal)}" : quoted;
    }

    /// <summary>A literal of bytes, whatever <c>standard_conforming_strings</c> is.</summary>
    public static string Quote(ReadOnlySpan<byte> bytes) => $@"E'\\x{Convert.ToHexStringLower(bytes)}'";

    /// <summary>A list of literals.</summary>
    public static string QuoteAll(IEnumerable<string> texts) => string.Join(", ", texts.Select(Quote));

    /// <summary>
    /// Lines for a place that is indented by so many columns. The first line is not indented: it stands at the place. They must contain no
    /// quoted name: it can have a line break.
    /// </summary>
    public static string Indent(string lines, int columns) =>
        lines.Replace("\n", $"\n{new string(' ', columns)}", StringComparison.Ordinal);

    /// <summary>The body of a function between dollar quotes that do not occur in it.</summary>
    public static string DollarQuote(string body)
    {
        var tag = "$emit$";
        for (var attempt = 1; body.Contains(tag, StringComparison.Ordinal); attempt++)
            tag = $"$emit{attempt}$";
        return $"{tag}\n{body}\n{tag}";
    }
}
