namespace EventBus.Transport.Journal;

/// <summary>Some events of a window, in their order.</summary>
/// <param name="Events">The events. There may be none although the window has not ended.</param>
/// <param name="Next">The cursor behind the page.</param>
/// <param name="IsComplete">Whether the window has ended: a next page may be a window with new events.</param>
/// <param name="Window">A cursor in the window of the page.</param>
/// <param name="Wal">The WAL when the page was read.</param>
internal sealed record JournalPage(
    IReadOnlyList<JournalEvent> Events, JournalCursor Next, bool IsComplete, JournalCursor Window, WalPlace Wal)
{
    /// <summary>The cursor behind an event of the page: the next page begins with the event after it.</summary>
    public JournalCursor After(JournalEvent item) => Window with { Place = item.Place };
}

/// <summary>The write-ahead log of a server: a crash undoes what is not flushed, and gives its transaction ids to others.</summary>
/// <param name="Timeline">The timeline, which a failover changes.</param>
/// <param name="Inserted">The end of the log; all transactions that a snapshot has seen before are in it.</param>
/// <param name="Flushed">The end of its part on the disk.</param>
internal readonly record struct WalPlace(string Timeline, long Inserted, long Flushed);
