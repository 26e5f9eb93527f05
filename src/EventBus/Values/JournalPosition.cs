using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace EventBus;

/// <summary>
/// A place in the journal: a replay after it begins with the next event. Keep its text to go on later, also in another process.
/// </summary>
/// <remarks>
/// It is exact, except after a failover or a restore from a backup: then events of about a minute before it are replayed again. Positions
/// have no order: an event that was committed late may have a smaller row than those before it.
/// </remarks>
public readonly record struct JournalPosition : IParsable<JournalPosition>
{
    private const char Separator = '|';
    private const int Parts = 3; // behind the window

    /// <summary>The snapshots between which the event was found; its text is the transport's.</summary>
    internal string? Window { get; init; }

    /// <summary>The row.</summary>
    internal long Row { get; init; }

    /// <summary>The index of the event in the row, counted from 1.</summary>
    internal int Index { get; init; }

    /// <summary>The time of the event.</summary>
    internal DateTimeOffset At { get; init; }

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the text has no culture.</param>
    /// <exception cref="FormatException">The text is no position.</exception>
    public static JournalPosition Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var position) ? position : throw new FormatException("The text is no position in a journal.");

    /// <summary>Reads the text of <see cref="ToString"/>.</summary>
    /// <param name="s">The text.</param>
    /// <param name="provider">Not used: the text has no culture.</param>
    /// <param name="result">The position.</param>
    /// <returns>Whether the text is a position.</returns>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out JournalPosition result)
    {
        result = default;
        var parts = s?.Split(Separator) ?? [];
        if (parts.Length <= Parts
            || !TryParse(parts[^3], out var row)
            || !TryParse(parts[^2], out var index) || index > int.MaxValue
            || !TryParse(parts[^1], out var ticks) || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        result = new JournalPosition
        {
            Window = string.Join(Separator, parts[..^Parts]),
            Row = row,
            Index = (int)index,
            At = new DateTimeOffset(ticks, TimeSpan.Zero),
        };
        return true;
    }

    /// <summary>The position as text: ASCII, about 60 characters, and more if many transactions were open.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Window}|{Row}|{Index}|{At.UtcTicks}");

    private static bool TryParse(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
