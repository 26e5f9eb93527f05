using System.Buffers;
using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>A message whose turn has not come: an attachment, a message behind one, or the end of listening to a namespace.</summary>
internal sealed class Deferred
{
    public TaskCompletionSource? Ended { get; init; }

    public ClusterMessage? Message { get; init; }

    public byte[]? Buffer { get; init; }

    public AttachmentHeader Header { get; init; }

    public string Namespace { get; init; } = "";

    /// <summary>The backend that has sent the header.</summary>
    public int Pid { get; init; }

    public AttachmentFetch? Attachment { get; set; }

    /// <summary>The place of the header among all.</summary>
    public long Place { get; init; }

    /// <summary>The number of events that are missing before it.</summary>
    public long Lost { get; init; }

    public void Free()
    {
        if (Buffer is not null)
            ArrayPool<byte>.Shared.Return(Buffer);
    }
}
