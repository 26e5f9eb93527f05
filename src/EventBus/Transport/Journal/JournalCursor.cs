using System.Globalization;

namespace EventBus.Transport.Journal;

/// <summary>
/// The part of the journal that a reader has read: all events that its previous snapshot sees and, within a window, those up to a place.
/// A window has the events that the target snapshot sees and the previous one does not, so that each event is in exactly one window,
/// however late its transaction commits.
/// </summary>
/// <remarks>
/// In the database it needs no other test: its own commit comes later in the WAL than the commits that its snapshots name, so a recovery
/// that restores the cursor restores them too. In memory, a cursor counts only when the WAL up to its snapshots was flushed, and only on
/// the same timeline.
/// </remarks>
/// <param name="Incarnation">The incarnation of the journal to which the snapshots belong.</param>
/// <param name="Previous">The snapshot (<c>pg_snapshot</c>) whose events are read.</param>
/// <param name="High">
/// The greatest id of a row at the previous snapshot. It only selects the index: rows above are read by id, rows below, which were
/// committed late, by the id of their transaction.
/// </param>
/// <param name="Target">The snapshot that ends the window; null outside of a window.</param>
/// <param name="TargetHigh">The greatest id of a row at the target snapshot; 0 outside of a window.</param>
/// <param name="Place">The place in the window up to which events are read; the default at its beginning.</param>
internal sealed record JournalCursor(
    int Incarnation, string Previous, long High, string? Target = null, long TargetHigh = 0, JournalPlace Place = default)
{
    /// <summary>A snapshot that sees no transaction.</summary>
    private const string Nothing = "1:1:";

    /// <summary>The characters of a snapshot with thousands of open transactions.</summary>
    private const int LongestSnapshot = 1 << 16;

    /// <summary>No id is greater: sums with it must not overflow.</summary>
    private const long GreatestId = 1L << 62;

    /// <summary>A cursor before all events of an incarnation.</summary>
    public static JournalCursor Beginning(int incarnation) => new(incarnation, Nothing, High: 0);

    /// <summary>The cursor without its place, as text.</summary>
    public string Window => string.Create(CultureInfo.InvariantCulture, $"{Incarnation}|{Previous}|{High}|{Target}|{TargetHigh}");

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <returns>Null if the text is no cursor.</returns>
    public static JournalCursor? TryParse(string text)
    {
        var parts = text.Split('|');
        return parts.Length == 7 && TryParse(parts[5], out var row)
            && int.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out var index)
                ? TryParseWindow(parts[..5], new JournalPlace(row, index))
                : null;
    }

    /// <summary>Reads the text of <see cref="Window"/>.</summary>
    /// <returns>Null if the text is no window.</returns>
    public static JournalCursor? TryParse(string window, JournalPlace place) => TryParseWindow(window.Split('|'), place);

    /// <summary>The cursor as text, for example for one column of a table.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Window}|{Place.Row}|{Place.Index}");

    private static JournalCursor? TryParseWindow(string[] parts, JournalPlace place) =>
        parts.Length == 5
        && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var incarnation)
        && IsSnapshot(parts[1]) && TryParse(parts[2], out var high)
        && (parts[3].Length == 0 || IsSnapshot(parts[3])) && TryParse(parts[4], out var targetHigh)
            ? new JournalCursor(incarnation, parts[1], high, parts[3].Length == 0 ? null : parts[3], targetHigh, place)
            : null;

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= GreatestId;

    /// <summary>PostgreSQL accepts the snapshot: <c>xmin:xmax:xip,…</c>, in rising order.</summary>
    private static bool IsSnapshot(string text)
    {
        var parts = text.Split(':');
        if (text.Length > LongestSnapshot || parts.Length != 3 || !TryParse(parts[0], out var last) || !TryParse(parts[1], out var end)
            || last < 1 || end < last)
        {
            return false;
        }

        foreach (var item in parts[2].Length == 0 ? [] : parts[2].Split(','))
        {
            if (!TryParse(item, out var open) || open < last || open >= end)
                return false;
            last = open;
        }

        return true;
    }
}
