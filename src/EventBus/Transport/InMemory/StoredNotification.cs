namespace EventBus.Transport.InMemory;

/// <summary>A notification as a listener receives it, or the end of listening to a namespace, in its order.</summary>
/// <param name="Namespace">The bus namespace of the channel.</param>
/// <param name="Payload">The UTF-8 text; null at the end of listening.</param>
/// <param name="Attachment">The attachment that the text refers to.</param>
/// <param name="Pid">The publisher that has sent it, as PostgreSQL's backends have pids.</param>
/// <param name="Ended">Completed when all notifications before the end of listening are delivered.</param>
internal readonly record struct StoredNotification(
    string Namespace, byte[]? Payload, StoredAttachment? Attachment, int Pid = 0, TaskCompletionSource? Ended = null);

/// <summary>A row of the attachment table. It exists as long as a notification of it waits to be delivered.</summary>
internal sealed class StoredAttachment(byte[] bytes)
{
    private volatile byte[]? _bytes = bytes;

    /// <summary>Its payload; null if the row was removed.</summary>
    public byte[]? Bytes => _bytes;

    public void Remove() => _bytes = null;
}
