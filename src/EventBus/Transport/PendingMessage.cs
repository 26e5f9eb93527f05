using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// A message in the publish queue, which uses the object for many messages, one after another. Not thread-safe: the queue's lock guards it,
/// and after it was taken the publishing loop owns it.
/// </summary>
/// <remarks>
/// When it enters, a short notification is copied, and the message is disposed: its large buffer and its object serve the next emit of the
/// thread. A long notification and an attachment stay in the buffers of the message.
/// </remarks>
internal sealed class PendingMessage
{
    /// <summary>The most bytes of a notification that is copied. The queue keeps this memory for later messages.</summary>
    private const int MaxCopied = 512;

    /// <summary>
    /// Memory for copies is allocated in multiples of this, so that messages of about the same length can follow each other.
    /// </summary>
    private const int CopyUnit = 64;

    private OutgoingMessage? _message;
    private byte[] _copy = [];
    private int _copyLength;

    public PendingMessage() => Node = new LinkedListNode<PendingMessage>(this);

    /// <summary>Its place in the queue.</summary>
    public LinkedListNode<PendingMessage> Node { get; }

    /// <summary>The number of bytes that it takes in the queue.</summary>
    public int Size { get; private set; }

    /// <summary>The timestamp of the call that published it.</summary>
    public long Since { get; private set; }

    /// <summary>The task of the caller; null if no caller awaits it.</summary>
    public PublishCompletion? Completion { get; private set; }

    /// <summary>Whether it is published in the same transaction as the message before it.</summary>
    public bool JoinsPrevious { get; private set; }

    /// <summary>The labels and the trace of an event that somebody observes; else null.</summary>
    public SentTrace? Trace { get; private set; }

    /// <summary>Whether its first statement has begun. The publishing loop sets it.</summary>
    public bool HasBegun { get; set; }

    /// <summary>The channel to notify.</summary>
    public string Channel { get; private set; } = "";

    public MessageType Type { get; private set; }

    /// <inheritdoc cref="OutgoingMessage.IsEvent"/>
    public bool IsEvent { get; private set; }

    /// <summary>Its number on the channel; of other messages than events, that of the last event. Known when it has entered.</summary>
    public long Number { get; private set; }

    /// <summary>Whether it is written to the journal.</summary>
    public JournalMark Journal { get; private set; }

    /// <summary>What it needs beside its notification. Known when it has entered, as all below.</summary>
    public MessageForm Form { get; private set; }

    /// <summary>Whether it travels as an attachment.</summary>
    public bool IsAttached => (Form & MessageForm.Attached) != 0;

    /// <inheritdoc cref="OutgoingMessage.Payload"/>
    public ReadOnlyMemory<byte> Payload => _message is null && !IsAttached ? _copy.AsMemory(0, _copyLength) : Attached.Payload;

    /// <inheritdoc cref="OutgoingMessage.Attachment"/>
    public ReadOnlyMemory<byte> Attachment => Attached.Attachment;

    /// <inheritdoc cref="OutgoingMessage.Head"/>
    public ReadOnlyMemory<byte> Head => Attached.Head;

    /// <inheritdoc cref="OutgoingMessage.Tail"/>
    public ReadOnlyMemory<byte> Tail => Attached.Tail;

    private OutgoingMessage Attached => _message ?? throw new InvalidOperationException("The message was detached.");

    /// <summary>Begins to hold a message, which it owns from then on.</summary>
    public void Begin(OutgoingMessage message, long since, PublishCompletion? completion, bool joinsPrevious)
    {
        _message = message;
        Size = message.Size;
        Since = since;
        Trace = message.Trace;
        HasBegun = false;
        Completion = completion;
        JoinsPrevious = joinsPrevious;
        completion?.Pending = this;
    }

    /// <summary>Gives the message its number and its form.</summary>
    public void Enter(MessageNumbers numbers)
    {
        var message = Attached;
        Number = numbers.Number(message);
        Channel = message.Channel;
        Type = message.Type;
        IsEvent = message.IsEvent;
        Journal = message.Journal;
        Form = (message.IsAttached ? MessageForm.Attached : 0) | (Journal.IsSet ? MessageForm.Journaled : 0);
        if (!IsAttached && message.Payload.Length <= MaxCopied)
            Copy(message);
    }

    /// <summary>Passes the ownership of an attached message to the operation that still uses its buffers.</summary>
    public OutgoingMessage Detach()
    {
        var message = Attached;
        _message = null;
        return message;
    }

    /// <summary>Ends to hold the message, and disposes it.</summary>
    /// <returns>The task of the caller, for the pipeline to complete or to release.</returns>
    public PublishCompletion? End()
    {
        var completion = Completion;
        completion?.Pending = null;
        Completion = null;
        Trace = null;
        _message?.Dispose();
        _message = null;
        return completion;
    }

    private void Copy(OutgoingMessage message)
    {
        var payload = message.Payload.Span;
        if (_copy.Length < payload.Length)
            _copy = GC.AllocateUninitializedArray<byte>((payload.Length + CopyUnit - 1) / CopyUnit * CopyUnit);
        payload.CopyTo(_copy);
        _copyLength = payload.Length;
        message.Dispose();
        _message = null;
    }
}
