using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// An encoded cluster message without its number, which the transport assigns when the message enters the queue. Close to the threshold
/// both forms are encoded, because the digits of the number decide. The publisher disposes it, which returns its buffers.
/// </summary>
internal sealed class OutgoingMessage : IDisposable
{
    private readonly MessageFrame _frame;
    private readonly EncodedForm? _json;
    private readonly EncodedForm? _messagePack;
    private State _state;
    private int _attachmentLength;
    private int _isDisposed;

    /// <param name="frame">The frame of its channel.</param>
    /// <param name="type">Its type.</param>
    /// <param name="json">The JSON up to the number; null if it does not fit a notification.</param>
    /// <param name="messagePack">The MessagePack up to the number; null if the message certainly fits a notification.</param>
    public OutgoingMessage(MessageFrame frame, MessageType type, EncodedForm? json, EncodedForm? messagePack)
    {
        _frame = frame;
        _json = json;
        _messagePack = messagePack;
        Type = type;
        Size = (json?.Length ?? 0) + (messagePack?.Length ?? 0);
    }

    private enum State : byte
    {
        Unnumbered,
        Inline,
        Attached,
    }

    /// <summary>The channel to notify.</summary>
    public string Channel => _frame.Options.Channel;

    /// <summary>The sender: a node's uid, or <c>emitter</c>.</summary>
    public string Uid => _frame.Options.Uid;

    public MessageType Type { get; }

    /// <summary>
    /// Whether it gets a number of its own: a broadcast or server-side emit. Others carry the number of the last event before them.
    /// </summary>
    public bool IsEvent => Type is MessageType.Broadcast or MessageType.ServerSideEmit;

    /// <summary>The number of bytes it holds without its number, which is its size in a bounded queue.</summary>
    public int Size { get; }

    /// <summary>The event's <c>[name, ...arguments]</c>, or the ack, for local delivery. Valid until disposed.</summary>
    public EncodedValue PacketData => _json is { } json
        ? new EncodedValue(json.Buffer.WrittenMemory[json.PacketData], ValueEncoding.Json)
        : new EncodedValue(_messagePack!.Value.Buffer.WrittenMemory[_messagePack.Value.PacketData], ValueEncoding.MessagePack);

    /// <summary>Its form, and its length with the longest possible number. A measured message is not published.</summary>
    public MeasuredEvent Measure()
    {
        Number(long.MaxValue, long.MaxValue);
        return new MeasuredEvent { Bytes = IsAttached ? Attachment.Length : Payload.Length, IsAttached = IsAttached };
    }

    /// <summary>Whether it travels as an attachment. Known when it is numbered.</summary>
    public bool IsAttached => _state switch
    {
        State.Inline => false,
        State.Attached => true,
        _ => throw new InvalidOperationException("The message has no number yet."),
    };

    /// <summary>The notification, UTF-8, of a message that is not attached. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Payload => IsAttached ? throw IsOtherForm() : _json!.Value.Buffer.WrittenMemory;

    /// <summary>The bytes of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Attachment => AttachedBytes[.._attachmentLength];

    /// <summary>The notification of an attached message up to the id of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Head => IsAttached ? _frame.HeadOf(Type) : throw IsOtherForm();

    /// <summary>The notification of an attached message after the id of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Tail => AttachedBytes[_attachmentLength..];

    /// <summary>The attachment, followed by the tail of its notification.</summary>
    private ReadOnlyMemory<byte> AttachedBytes => IsAttached ? _messagePack!.Value.Buffer.WrittenMemory : throw IsOtherForm();

    /// <summary>Completes the message and decides its form. The transport calls it once, in the order of the queue.</summary>
    /// <param name="number">
    /// For events a number that was never assigned before on the channel, or the unique id if the encoder's messages have one; for others
    /// the number of the last event.
    /// </param>
    /// <param name="ordinal">For messages other than events and heartbeats, a number that was never assigned before; else ignored.</param>
    public void Number(long number, long ordinal)
    {
        if (_state is not State.Unnumbered)
            throw new InvalidOperationException("The message has its number already.");
        if (_json is { } json)
        {
            _frame.WriteJsonTail(json.Buffer, Type, number, ordinal);
            if (json.Length < _frame.Options.PayloadThreshold)
            {
                _state = State.Inline;
                return;
            }
        }

        var buffer = _messagePack!.Value.Buffer;
        _frame.WriteMessagePackTail(buffer, Type, number, ordinal);
        _attachmentLength = buffer.Length;
        _frame.WriteHeaderTail(buffer, Type, number, ordinal);
        _state = State.Attached;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        _json?.Dispose();
        _messagePack?.Dispose();
    }

    private InvalidOperationException IsOtherForm() =>
        new(_state is State.Inline ? "The message travels in its notification, not as an attachment." : "The message is an attachment.");
}

/// <summary>A message in one of its two forms, with the place of the packet's <c>[event, ...arguments]</c>, or of the ack.</summary>
internal readonly record struct EncodedForm(PooledBuffer Buffer, Range PacketData) : IDisposable
{
    public int Length => Buffer.Length;

    public void Dispose() => Buffer.Dispose();
}
