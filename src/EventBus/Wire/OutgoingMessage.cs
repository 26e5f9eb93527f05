using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// An encoded cluster message without its number, which the transport assigns when the message enters the queue. Close to the threshold
/// both forms are encoded, because the digits of the number decide.
/// </summary>
/// <remarks>
/// Its owner disposes it, once: that returns its buffers, and the thread uses the object for its next message. Do not use it afterwards.
/// </remarks>
internal sealed class OutgoingMessage : IDisposable
{
    // Nearly always a message is disposed before its thread encodes the next one.
    [ThreadStatic]
    private static OutgoingMessage? _spare;

    private MessageFrame _frame;
    private State _state;
    private int _attachmentLength;
    private int _unnumberedSize;

    private OutgoingMessage(MessageFrame frame) => _frame = frame;

    private enum State : byte
    {
        Disposed,
        Unnumbered,
        Inline,
        Attached,
    }

    /// <summary>The JSON up to the number; closed if it does not fit a notification.</summary>
    public EncodedForm Json { get; } = new();

    /// <summary>The MessagePack up to the number; closed if the message certainly fits a notification.</summary>
    public EncodedForm MessagePack { get; } = new();

    /// <summary>The channel to notify.</summary>
    public string Channel => _frame.Options.Channel;

    /// <summary>The sender: a node's uid, or <c>emitter</c>.</summary>
    public string Uid => _frame.Options.Uid;

    public MessageType Type { get; private set; }

    /// <summary>The labels and the trace of an event; null if nobody observes it.</summary>
    public SentTrace? Trace { get; private set; }

    /// <summary>Whether it is written to the journal. The sender of an event sets it.</summary>
    public JournalMark Journal { get; set; }

    /// <summary>
    /// Whether it gets a number of its own: a broadcast or server-side emit. Others carry the number of the last event before them.
    /// </summary>
    public bool IsEvent => Type.IsEvent();

    /// <summary>The number of bytes it holds without its number, which is its size in a bounded queue.</summary>
    public int Size => _state is State.Unnumbered ? Json.Length + MessagePack.Length : _unnumberedSize;

    /// <summary>The event's <c>[name, ...arguments]</c>, or the ack, for local delivery. Valid until disposed.</summary>
    public EncodedValue PacketData => Json.IsOpen
        ? new EncodedValue(Json.Bytes[Json.PacketData], ValueEncoding.Json)
        : new EncodedValue(MessagePack.Bytes[MessagePack.PacketData], ValueEncoding.MessagePack);

    /// <summary>Takes the thread's spare message, or creates one, for an encoder to write.</summary>
    public static OutgoingMessage Rent(MessageFrame frame, MessageType type, SentTrace? trace)
    {
        var message = _spare ?? new OutgoingMessage(frame);
        _spare = null;
        message._frame = frame;
        message._state = State.Unnumbered;
        message.Type = type;
        message.Trace = trace;
        message.Journal = default;
        return message;
    }

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
        State.Disposed => throw new ObjectDisposedException(nameof(OutgoingMessage)),
        _ => throw new InvalidOperationException("The message has no number yet."),
    };

    /// <summary>The notification, UTF-8, of a message that is not attached. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Payload => IsAttached ? throw IsOtherForm() : Json.Bytes;

    /// <summary>The bytes of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Attachment => AttachedBytes[.._attachmentLength];

    /// <summary>The notification of an attached message up to the id of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Head => IsAttached ? _frame.HeadOf(Type) : throw IsOtherForm();

    /// <summary>The notification of an attached message after the id of the attachment. Known when it is numbered.</summary>
    public ReadOnlyMemory<byte> Tail => AttachedBytes[_attachmentLength..];

    /// <summary>The attachment, followed by the tail of its notification.</summary>
    private ReadOnlyMemory<byte> AttachedBytes => IsAttached ? MessagePack.Bytes : throw IsOtherForm();

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
        _unnumberedSize = Size;
        if (Json.IsOpen)
        {
            _frame.WriteJsonTail(Json.Buffer, Type, number, ordinal);
            if (Json.Length < _frame.Options.PayloadThreshold)
            {
                _state = State.Inline;
                if (Trace is not null)
                    TraceTail.WriteJson(Json.Buffer, Trace, _frame.Options.PayloadThreshold);
                return;
            }
        }

        var buffer = MessagePack.Buffer;
        _frame.WriteMessagePackTail(buffer, Type, number, ordinal);
        if (Trace is not null)
            TraceTail.WriteMessagePack(buffer, Trace);
        _attachmentLength = buffer.Length;
        _frame.WriteHeaderTail(buffer, Type, number, ordinal);
        _state = State.Attached;
    }

    public void Dispose()
    {
        if (_state is State.Disposed)
            return;
        _state = State.Disposed;
        Trace = null;
        Json.Dispose();
        MessagePack.Dispose();
        _spare = this;
    }

    private InvalidOperationException IsOtherForm() =>
        new(_state is State.Inline ? "The message travels in its notification, not as an attachment." : "The message is an attachment.");
}

/// <summary>A message in one of its two forms, with the place of the packet's <c>[event, ...arguments]</c>, or of the ack.</summary>
internal sealed class EncodedForm : IDisposable
{
    /// <summary>The buffer to write, closed if the message does not have this form.</summary>
    public PooledBuffer Buffer { get; } = PooledBuffer.Closed();

    public Range PacketData { get; set; }

    public bool IsOpen => Buffer.IsOpen;

    public int Length => Buffer.Length;

    public ReadOnlyMemory<byte> Bytes => Buffer.WrittenMemory;

    public PooledBuffer Open(int maxBytes)
    {
        Buffer.Open(maxBytes);
        return Buffer;
    }

    public void Dispose() => Buffer.Dispose();
}
