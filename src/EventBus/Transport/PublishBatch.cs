using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The messages that are being published, and the search for a rejected one. If the database rejects a statement with both inline and
/// attached messages, they are published again in runs of one form. A run is then split in halves, until the rejected message is alone.
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

    public bool HasAttachments => _messages.Exists(static message => message.IsAttached);

    /// <summary>Whether it contains both inline and attached messages.</summary>
    public bool IsMixed => HasAttachments && _messages.Exists(static message => !message.IsAttached);

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
    /// Fails the attached messages of the batch that was rejected and put back. The inline messages are published in normal batches.
    /// </summary>
    public void FailRepeatedAttachments(Func<Exception> failure)
    {
        queue.TakeAttached(_messages, _suspects);
        _suspects = 0;
        outcomes.Fail(_messages, failure);
    }

    /// <summary>Ends the search: messages that were put back are published in normal batches.</summary>
    public void EndSearch() => _suspects = 0;

    /// <summary>Fails the attached messages of the batch, which the database was not given.</summary>
    /// <returns>Whether inline messages are left.</returns>
    public bool TryKeepInline(Func<Exception> failure)
    {
        var attached = _messages.FindAll(static message => message.IsAttached);
        _messages.RemoveAll(static message => message.IsAttached);
        _suspects = Math.Max(0, _suspects - attached.Count);
        outcomes.Fail(attached, failure);
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
