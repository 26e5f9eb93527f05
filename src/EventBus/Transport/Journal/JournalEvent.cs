namespace EventBus.Transport.Journal;

/// <summary>An event that was read from the journal. Its body is a notification or an attachment, as it was sent.</summary>
/// <param name="Identity">Its identity, with its source and channel.</param>
/// <param name="Key">The hash of its partition key; 0 if it has none.</param>
/// <param name="At">The time of the statement that has sent it.</param>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Body">The notification in UTF-8, or the attachment. It keeps the bytes of its row in memory.</param>
/// <param name="IsAttached">Whether the body is an attachment.</param>
/// <param name="Place">Its place in the journal.</param>
internal sealed record JournalEvent(
    EventIdentity Identity,
    int Key,
    DateTimeOffset At,
    string Name,
    ReadOnlyMemory<byte> Body,
    bool IsAttached,
    JournalPlace Place)
{
    public string Channel => Identity.Channel;
}
