using System.Buffers;
using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>One attachment that is read before its turn, once for all notifications that name it.</summary>
internal sealed class AttachmentFetch(long id)
{
    private readonly List<AttachedMessage> _messages = [];
    private byte[]? _buffer;
    private int _length;
    private volatile bool _isReady;

    public long Id { get; } = id;

    /// <summary>Whether reading it has ended, with or without success.</summary>
    public bool IsReady => _isReady;

    /// <summary>The reason why it cannot be read; null if it was read.</summary>
    public string? Failure { get; private set; }

    /// <summary>Whether its row did not exist.</summary>
    public bool IsMissing { get; private set; }

    /// <summary>The number of bytes that it takes of the budget. The budget sets it.</summary>
    public int Reserved { get; set; }

    /// <summary>The number of notifications that wait for it.</summary>
    public int Users { get; set; }

    /// <summary>
    /// The last notification before it was read; null if reading has not begun. It may have missed the row of a later one.
    /// </summary>
    public long? LastBefore { get; set; }

    public ReadOnlyMemory<byte> Bytes => _buffer.AsMemory(0, _length);

    public async Task ReadAsync(Stream payload, int length, CancellationToken cancellationToken)
    {
        _length = length;
        _buffer = ArrayPool<byte>.Shared.Rent(length);
        await payload.ReadExactlyAsync(_buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
    }

    public void Succeed() => _isReady = true;

    public void Fail(string cause)
    {
        Failure = cause;
        _isReady = true;
    }

    /// <summary>Creates the end of a fetch of a row that is known not to exist.</summary>
    public static AttachmentFetch Missing(long id)
    {
        var missing = new AttachmentFetch(id) { Users = 1 };
        missing.FailMissing();
        return missing;
    }

    public void FailMissing()
    {
        IsMissing = true;
        Fail("its row does not exist");
    }

    /// <summary>Returns its message as that of a bus namespace.</summary>
    public AttachedMessage Open(string busNamespace)
    {
        var message = _messages.Find(message => message.Namespace == busNamespace);
        if (message is null)
            _messages.Add(message = AttachedMessage.Decode(Bytes, busNamespace));
        return message;
    }

    /// <summary>Returns its buffer to the pool.</summary>
    public void Free()
    {
        if (_buffer is { } buffer)
            ArrayPool<byte>.Shared.Return(buffer);
        _buffer = null;
        _messages.Clear();
    }
}

/// <summary>
/// The identity of the message of an attachment, by which it is compared with the notifications that name the attachment.
/// </summary>
internal sealed class AttachedMessage
{
    private readonly string? _uid;
    private readonly MessageType _type;
    private readonly SequenceKey _key;
    private ClusterMessage? _message; // until it is compared for the first time

    private AttachedMessage(string busNamespace, ClusterMessage message)
    {
        Namespace = busNamespace;
        _message = message;
        (_uid, _type, _key) = (message.Uid, message.Type, message.Key);
    }

    private AttachedMessage(string busNamespace, string failure)
    {
        Namespace = busNamespace;
        Failure = failure;
    }

    public string Namespace { get; }

    /// <summary>The reason why it is no message; null if it is one.</summary>
    public string? Failure { get; }

    /// <summary>Whether it was delivered. An attachment is announced once; further notifications are copies.</summary>
    public bool IsDelivered { get; set; }

    public static AttachedMessage Decode(ReadOnlyMemory<byte> attachment, string busNamespace)
    {
        try
        {
            return new AttachedMessage(busNamespace, NotificationDecoder.DecodeAttachment(attachment, busNamespace));
        }
        catch (Exception exception) // Any role with access to the table can store an attachment, so the pump goes on.
        {
            return new AttachedMessage(busNamespace, exception.Message);
        }
    }

    /// <summary>Returns the message if a notification announces it, to be delivered now; else null.</summary>
    public ClusterMessage? MessageOf(in AttachmentHeader header, ReadOnlyMemory<byte> attachment)
    {
        var message = _message;
        _message = null;
        if (Failure is not null || !header.Announces(_uid, _type, _key))
            return null;
        return message ?? NotificationDecoder.DecodeAttachment(attachment, Namespace);
    }
}
