using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>
/// The messages that are being published, and the search for a rejected one: if the database rejects a batch, its messages are published
/// again in halves until the rejected message is alone. Not thread-safe: the publishing loop owns it.
/// </summary>
internal sealed class PublishBatch(PublishQueue queue, PublishOutcomes outcomes)
{
    private readonly List<PendingMessage> _pending = [];
    private int _suspects; // The number of messages at the front of the queue among which one is rejected.

    public List<OutgoingMessage> Messages { get; private set; } = [];

    public int Count => _pending.Count;

    /// <summary>The timestamp of the oldest message's call.</summary>
    public long Since => _pending[0].Since;

    /// <summary>Takes the messages of the next statement.</summary>
    /// <returns>False if there is none.</returns>
    public bool TryTake()
    {
        queue.Take(_pending, _suspects == 0 ? PublishQueue.BatchMessages : Math.Max(1, _suspects / 2), splitGroups: _suspects > 0);
        foreach (var pending in _pending)
            Messages.Add(pending.Message);
        return _pending.Count > 0;
    }

    /// <summary>The messages are committed.</summary>
    public void Succeed()
    {
        _suspects = Math.Max(0, _suspects - _pending.Count);
        Messages.Clear();
        outcomes.Succeed(_pending);
    }

    /// <summary>The messages were not sent, or their outcome is unknown.</summary>
    public void Fail(Func<Exception> failure)
    {
        Messages.Clear();
        outcomes.Fail(_pending, failure);
    }

    /// <summary>The messages were not sent, but can be published later.</summary>
    public void PutBack() => PutBack(suspects: 0);

    /// <summary>The database rejected the batch. A single message fails; several are put back and split.</summary>
    public void Reject(Func<Exception> failure)
    {
        if (_pending.Count > 1)
        {
            PutBack(suspects: _pending.Count);
            return;
        }

        _suspects = 0;
        Fail(failure);
    }

    /// <summary>Separates the messages from their calls, because an operation that does not end still uses them.</summary>
    /// <returns>The messages, which the caller must dispose when the operation has ended.</returns>
    public List<OutgoingMessage> DetachMessages()
    {
        foreach (var pending in _pending)
            pending.DetachMessage();
        var messages = Messages;
        Messages = [];
        return messages;
    }

    private void PutBack(int suspects)
    {
        _suspects = suspects;
        Messages.Clear();
        queue.PutBack(_pending);
        _pending.Clear();
    }
}
