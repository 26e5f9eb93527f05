using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// A cluster message ready to be published but for its number, which the transport gives when it enters the queue. Close to the threshold both forms are
/// encoded, because the digits of the number decide. Whoever publishes it disposes it, which gives its buffers back.
/// </summary>
internal sealed class OutgoingMessage : IDisposable
{
    /// <summary>The channel to notify.</summary>
    public string Channel => throw new NotImplementedException();

    public MessageType Type => throw new NotImplementedException();

    /// <summary>Whether it takes a number of its own: a broadcast or server-side emit. Others carry the number of the last event before them.</summary>
    public bool IsEvent => Type is MessageType.Broadcast or MessageType.ServerSideEmit;

    /// <summary>How many bytes it holds: what it counts for in a bounded queue.</summary>
    public int Size => throw new NotImplementedException();

    /// <summary>An event's <c>[name, ...arguments]</c>, for local delivery; valid until disposed.</summary>
    public EncodedValue PacketData => throw new NotImplementedException();

    /// <summary>Whether it travels as an attachment. Known once it is numbered.</summary>
    public bool IsAttached => throw new NotImplementedException();

    /// <summary>The notification, UTF-8, of a message that is not attached. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Payload => throw new NotImplementedException();

    /// <summary>The attachment's bytes. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Attachment => throw new NotImplementedException();

    /// <summary>The notification of an attached message up to the attachment's id. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Head => throw new NotImplementedException();

    /// <summary>The notification of an attached message after the attachment's id. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Tail => throw new NotImplementedException();

    /// <summary>Completes the message and settles its form. Called once, by the transport, in the order of the queue. Quick: it appends digits.</summary>
    /// <param name="number">For events a number never given before on the channel; for others that of the last event.</param>
    /// <param name="ordinal">For messages other than events and heartbeats, a number never given before; else ignored.</param>
    public void Number(long number, long ordinal) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
