using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// A cluster message ready to be published but for its number, which the transport gives when it enters the queue. Close to the threshold both forms are
/// encoded, because the digits of the number decide. Whoever publishes it disposes it, which gives its buffers back.
/// </summary>
internal sealed class OutgoingMessage : IDisposable
{
    private readonly MessageFrame _frame;
    private readonly EncodedForm? _json;
    private readonly EncodedForm? _messagePack;
    private State _state;
    private int _attachmentLength;
    private int _isDisposed;

    /// <param name="frame">What it shares with all messages of its channel.</param>
    /// <param name="type">Its type.</param>
    /// <param name="json">It as JSON up to the number, where it can be notified.</param>
    /// <param name="messagePack">It as MessagePack up to the number, where it may have to be attached.</param>
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

    /// <summary>Who says it: a node's uid, or <c>emitter</c>.</summary>
    public string Uid => _frame.Options.Uid;

    public MessageType Type { get; }

    /// <summary>Whether it takes a number of its own: a broadcast or server-side emit. Others carry the number of the last event before them.</summary>
    public bool IsEvent => Type is MessageType.Broadcast or MessageType.ServerSideEmit;

    /// <summary>How many bytes it holds, its number aside: what it counts for in a bounded queue.</summary>
    public int Size { get; }

    /// <summary>An event's <c>[name, ...arguments]</c>, or an answer, for local delivery; valid until disposed.</summary>
    public EncodedValue PacketData => _json is { } json
        ? new EncodedValue(json.Buffer.WrittenMemory[json.PacketData], ValueEncoding.Json)
        : new EncodedValue(_messagePack!.Value.Buffer.WrittenMemory[_messagePack.Value.PacketData], ValueEncoding.MessagePack);

    /// <summary>Whether it travels as an attachment. Known once it is numbered.</summary>
    public bool IsAttached => _state switch
    {
        State.Inline => false,
        State.Attached => true,
        _ => throw new InvalidOperationException("The message has no number yet."),
    };

    /// <summary>The notification, UTF-8, of a message that is not attached. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Payload => IsAttached ? throw IsOtherForm() : _json!.Value.Buffer.WrittenMemory;

    /// <summary>The attachment's bytes. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Attachment => AttachedBytes[.._attachmentLength];

    /// <summary>The notification of an attached message up to the attachment's id. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Head => IsAttached ? _frame.HeadOf(Type) : throw IsOtherForm();

    /// <summary>The notification of an attached message after the attachment's id. Known once it is numbered.</summary>
    public ReadOnlyMemory<byte> Tail => AttachedBytes[_attachmentLength..];

    /// <summary>The attachment and, behind it, the tail of its notification.</summary>
    private ReadOnlyMemory<byte> AttachedBytes => IsAttached ? _messagePack!.Value.Buffer.WrittenMemory : throw IsOtherForm();

    /// <summary>Completes the message and settles its form. Called once, by the transport, in the order of the queue. Quick: it appends digits.</summary>
    /// <param name="number">For events a number never given before on the channel, or the unique id where the encoder's messages have one; for others that of the last event.</param>
    /// <param name="ordinal">For messages other than events and heartbeats, a number never given before; else ignored.</param>
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
        new(_state is State.Inline ? "The message travels in its notification, not as an attachment." : "The message travels as an attachment.");
}
