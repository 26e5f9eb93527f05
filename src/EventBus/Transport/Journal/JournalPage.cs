namespace EventBus.Transport.Journal;

/// <summary>Some events of a window, in their order.</summary>
/// <param name="Events">The events. There may be none although the window has not ended.</param>
/// <param name="Next">The cursor behind the page.</param>
/// <param name="IsComplete">Whether the window has ended: a next page may be a window with new events.</param>
/// <param name="Window">A cursor in the window of the page.</param>
internal sealed record JournalPage(IReadOnlyList<JournalEvent> Events, JournalCursor Next, bool IsComplete, JournalCursor Window)
{
    /// <summary>The cursor behind an event of the page: the next page begins with the event after it.</summary>
    public JournalCursor After(JournalEvent item) => Window with { Place = item.Place };
}
