using System.Text;

namespace EventBus.Transport.InMemory;

/// <summary>An event in the journal of an <see cref="InMemoryDatabase"/>.</summary>
/// <param name="Id">The order of the events.</param>
/// <param name="At">The time of its commit.</param>
/// <param name="Source">The id of the publish pipeline.</param>
/// <param name="Channel">The channel.</param>
/// <param name="Event">The event's name on the wire.</param>
/// <param name="Number">Its number on the channel.</param>
/// <param name="Key">The hash of its partition key; 0 if it has none.</param>
/// <param name="Body">The notification, or the attachment.</param>
/// <param name="IsAttached">Whether the body is an attachment.</param>
internal sealed record JournaledEvent(
    long Id, DateTimeOffset At, string Source, string Channel, string Event, long Number, int Key, byte[] Body, bool IsAttached);

/// <summary>
/// The journaled events of an <see cref="InMemoryDatabase"/>, in the order of their commits. They end with the process, and the oldest are
/// removed when they hold too many bytes. Not thread-safe: the database's lock guards it.
/// </summary>
internal sealed class InMemoryJournal
{
    /// <summary>The most bytes of bodies that are kept.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private readonly Queue<JournaledEvent> _events = new();
    private long _bytes;
    private long _lastId;

    /// <summary>Adds the journaled ones of committed messages.</summary>
    public void Add(List<PendingMessage> messages, string source, DateTimeOffset at)
    {
        foreach (var message in messages)
        {
            if (message.Journal.EventName is { } name)
                Add(message, Encoding.UTF8.GetString(name), source, at);
        }
    }

    /// <summary>The events behind one of them, in their order.</summary>
    public IReadOnlyList<JournaledEvent> After(long id) => [.. _events.SkipWhile(item => item.Id <= id)];

    private void Add(PendingMessage message, string name, string source, DateTimeOffset at)
    {
        var body = (message.IsAttached ? message.Attachment : message.Payload).ToArray();
        _events.Enqueue(new JournaledEvent(
            ++_lastId, at, source, message.Channel, name, message.Number, message.Journal.Key, body, message.IsAttached));
        _bytes += body.Length;
        while (_bytes > MaxBytes && _events.Count > 1)
            _bytes -= _events.Dequeue().Body.Length;
    }
}
