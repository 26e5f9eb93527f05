namespace EventBus.Transport;

/// <summary>Reads the journaled events of a cluster. Thread-safe.</summary>
internal interface IJournal
{
    /// <summary>
    /// Reads the events that were committed when the enumeration began, in their order.
    /// </summary>
    /// <param name="channel">Their channel.</param>
    /// <param name="names">Their names on the wire.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="JournalNotAvailableException">The journal cannot be read.</exception>
    /// <exception cref="ArgumentException">It is not a position of this journal.</exception>
    IAsyncEnumerable<StoredEvent> ReadAsync(
        string channel, IReadOnlySet<string> names, JournalStart start, CancellationToken cancellationToken);
}

/// <summary>The begin of a replay.</summary>
/// <param name="Since">The earliest time of the events, if there is no position.</param>
/// <param name="After">The position behind which it begins; null: it begins at a time.</param>
internal readonly record struct JournalStart(DateTimeOffset Since, JournalPosition? After = null);

/// <summary>A journaled event as it was sent.</summary>
/// <param name="Identity">Its identity.</param>
/// <param name="At">The time of its statement.</param>
/// <param name="Body">The notification in UTF-8, or the attachment.</param>
/// <param name="IsAttached">Whether the body is an attachment.</param>
/// <param name="Position">Its place.</param>
internal readonly record struct StoredEvent(
    EventIdentity Identity, DateTimeOffset At, ReadOnlyMemory<byte> Body, bool IsAttached, JournalPosition Position);
