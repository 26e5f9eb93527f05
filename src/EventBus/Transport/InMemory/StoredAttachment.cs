namespace EventBus.Transport.InMemory;

/// <summary>A row of the attachment table. It lives as long as a notification of it waits to be read.</summary>
internal sealed class StoredAttachment(byte[] bytes)
{
    private volatile byte[]? _bytes = bytes;

    /// <summary>Its payload; null where the row was removed.</summary>
    public byte[]? Bytes => _bytes;

    public void Remove() => _bytes = null;
}
