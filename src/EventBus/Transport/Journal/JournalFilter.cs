namespace EventBus.Transport.Journal;

/// <summary>The events that a reader wants.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Names">The names of the events on the wire; null: all.</param>
internal sealed record JournalFilter(IReadOnlyCollection<string> Channels, IReadOnlySet<string>? Names = null)
{
    /// <summary>Whether an event is wanted. PostgreSQL has left out only rows without a wanted channel.</summary>
    public bool Matches(string channel, string name) => Channels.Contains(channel) && Names?.Contains(name) != false;
}

/// <summary>The size of a page. Its last row may go beyond <paramref name="Bytes"/>, so that there is always one.</summary>
/// <param name="Rows">The most rows, each with up to 512 events.</param>
/// <param name="Bytes">The bytes after which no further row is read.</param>
internal readonly record struct JournalLimits(int Rows, int Bytes)
{
    public static JournalLimits Default => new(Rows: 1024, Bytes: 4 * 1024 * 1024);
}
