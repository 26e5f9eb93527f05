using System.Globalization;
using System.Text;

namespace EventBus.Transport.InMemory;

/// <summary>The outcome of a transaction.</summary>
internal enum CommitOutcome
{
    /// <summary>Every listener has received it.</summary>
    Committed,

    /// <summary>The connection was cut during the commit: it was committed, or it was not.</summary>
    Unknown,

    /// <summary>Nothing was sent, for a transient reason: the database is down, or its notification queue is full.</summary>
    Unavailable,

    /// <summary>Nothing was sent: one of its notifications is too long.</summary>
    Rejected,
}

/// <summary>
/// The notifications of the transaction that an <see cref="InMemoryDatabase"/> is executing. Not thread-safe: the database's lock guards
/// it.
/// </summary>
internal sealed class InMemoryTransaction
{
    private readonly List<(string Channel, StoredNotification Notification)> _notifications = [];
    private readonly HashSet<(string Channel, string Payload)> _distinct = [];
    private long _lastAttachment;

    public List<(string Channel, StoredNotification Notification)> Notifications => _notifications;

    /// <summary>Adds the notification of a message. Equal notifications become one, as in PostgreSQL.</summary>
    /// <returns>False if it is too long for PostgreSQL.</returns>
    public bool TryAdd(PendingMessage message)
    {
        var (payload, attachment) = message.IsAttached ? Attach(message) : (message.Payload.ToArray(), null);
        if (payload.Length >= EventBusDefaults.PayloadThreshold)
            return false;
        if (_distinct.Add((message.Channel, Encoding.UTF8.GetString(payload))))
            _notifications.Add((message.Channel, new StoredNotification("", payload, attachment)));
        return true;
    }

    public void Clear()
    {
        _notifications.Clear();
        _distinct.Clear();
    }

    private (byte[] Payload, StoredAttachment Attachment) Attach(PendingMessage message)
    {
        var id = Encoding.UTF8.GetBytes((++_lastAttachment).ToString(CultureInfo.InvariantCulture));
        var attachment = new StoredAttachment(message.Attachment.ToArray());
        return ([.. message.Head.Span, .. id, .. message.Tail.Span], attachment);
    }
}
