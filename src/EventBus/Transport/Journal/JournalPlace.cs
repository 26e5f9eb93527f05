namespace EventBus.Transport.Journal;

/// <summary>The place of an event in the journal: its row, and its index in the row, counted from 1.</summary>
internal readonly record struct JournalPlace(long Row, int Index) : IComparable<JournalPlace>
{
    private const int Last = int.MaxValue;

    /// <summary>Whether all events of the row are at or before this place.</summary>
    public bool IsEndOfRow => Index == Last;

    /// <summary>The place behind all events of a row.</summary>
    public static JournalPlace EndOf(long row) => new(row, Last);

    public int CompareTo(JournalPlace other) => Row != other.Row ? Row.CompareTo(other.Row) : Index.CompareTo(other.Index);
}
