using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The messages that are being published, and the search for a rejected one. If the database rejects a statement with messages of several
/// forms, they are published again in runs of one form. A run is then split in halves, until the rejected message is alone.
/// Not thread-safe: the publishing loop owns it.
/// </summary>
internal sealed class PublishBatch(PublishQueue queue, PublishOutcomes outcomes)
{
    private readonly List<PendingMessage> _messages = [];
    private int _suspects; // The number of messages at the front of the queue among which one is rejected.
    private bool _isHalving; // Whether they are all of one form.

    public List<PendingMessage> Messages => _messages;

    public int Count => _messages.Count;

    /// <summary>The timestamp of the oldest message's call.</summary>
    public long Since => _messages[0].Since;

    /// <summary>Whether its messages were rejected before.</summary>
    public bool IsRepeated => _suspects > 0;

    /// <summary>Whether it contains messages of several forms.</summary>
    public bool IsMixed => _messages.Exists(message => message.Form != _messages[0].Form);

    /// <summary>Whether it contains messages that are not inline.</summary>
    public bool NeedsRows => _messages.Exists(static message => message.Form != MessageForm.Inline);

    /// <summary>The only form of its messages that are not inline; null if there is none, or if there are several.</summary>
    public MessageForm? OnlyFormWithRows =>
        _messages.Find(static message => message.Form != MessageForm.Inline) is { Form: var form }
        && _messages.TrueForAll(message => message.Form == form || message.Form == MessageForm.Inline)
            ? form
            : null;

    /// <summary>Whether it contains nothing but heartbeats: if one is published twice, that changes nothing.</summary>
    public bool HasOnlyHeartbeats => _messages.TrueForAll(static message => message.Type is MessageType.Heartbeat);

    /// <summary>Takes the messages of the next statement.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake()
    {
        if (IsRepeated)
            queue.Take(_messages, _isHalving ? Math.Max(1, _suspects / 2) : _suspects, isRepeated: true);
        else
            queue.Take(_messages);
        return _messages.Count > 0;
    }

    /// <summary>The statement with the messages begins.</summary>
    public void Begin() => outcomes.Begin(_messages);

    /// <summary>The messages are committed.</summary>
    public void Succeed()
    {
        _suspects = Math.Max(0, _suspects - _messages.Count);
        outcomes.Succeed(_messages);
    }

    /// <summary>The messages were not sent, or their outcome is unknown.</summary>
    public void Fail(Func<Exception> failure)
    {
        _suspects = Math.Max(0, _suspects - _messages.Count);
        outcomes.Fail(_messages, failure);
    }

    /// <summary>The messages were not tried. The search goes on with the next statement.</summary>
    public void Return() => PutBack(_suspects, _isHalving);

    /// <summary>The messages were not sent, but can be published later.</summary>
    public void PutBack() => PutBack(suspects: 0, isHalving: false);

    /// <summary>The messages were not sent. They are published again, in runs of one form.</summary>
    public void Repeat() => PutBack(Math.Max(_suspects, _messages.Count), isHalving: false);

    /// <summary>The database rejected the batch because of a message. A single message fails; several are put back and split.</summary>
    public void Reject(Func<Exception> failure)
    {
        if (_messages.Count > 1)
            PutBack(_messages.Count, isHalving: !IsMixed);
        else
            Fail(failure);
    }

    /// <summary>
    /// Fails the messages of one form in the batch that was rejected and put back. The others are published in normal batches.
    /// </summary>
    public void FailRepeated(MessageForm form, Func<Exception> failure)
    {
        queue.TakeForm(_messages, _suspects, form);
        _suspects = 0;
        outcomes.Fail(_messages, failure);
    }

    /// <summary>Ends the search: messages that were put back are published in normal batches.</summary>
    public void EndSearch() => _suspects = 0;

    /// <summary>Whether it contains messages of a form.</summary>
    public bool Has(MessageForm form) => _messages.Exists(message => message.Form == form);

    /// <summary>Fails the messages of a form, which the database was not given.</summary>
    /// <returns>Whether others are left.</returns>
    public bool TryKeepOthers(MessageForm form, Func<Exception> failure)
    {
        var failed = _messages.FindAll(message => message.Form == form);
        _messages.RemoveAll(message => message.Form == form);
        _suspects = Math.Max(0, _suspects - failed.Count);
        outcomes.Fail(failed, failure);
        return _messages.Count > 0;
    }

    /// <summary>
    /// Separates the attached messages from their calls, because an operation that does not end still uses their buffers.
    /// </summary>
    /// <returns>The messages, which the caller must dispose when the operation has ended.</returns>
    public List<OutgoingMessage> DetachAttachments() =>
        _messages.FindAll(static message => message.IsAttached).ConvertAll(static message => message.Detach());

    private void PutBack(int suspects, bool isHalving)
    {
        var withdrawn = _messages.Count - queue.PutBack(_messages);
        _suspects = Math.Max(0, suspects - withdrawn);
        _isHalving = isHalving;
        _messages.Clear();
    }
}
