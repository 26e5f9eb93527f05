using System.Text;
using EventBus.Wire;

namespace EventBus.Tests.Cluster;

/// <summary>A stand-in for PostgreSQL: decodes every published message and delivers it to all listening transports in one order.</summary>
internal sealed class Hub
{
    private readonly Lock _lock = new();
    private readonly List<HubTransport> _transports = [];
    private readonly List<string> _notifications = [];
    private long _bytes;
    private long _events;
    private long _ordinals;

    /// <summary>The number of transactions: several messages posted together count once.</summary>
    public int Transactions { get; private set; }

    public bool IsDown { get; set; }

    public HubTransport CreateTransport()
    {
        lock (_lock)
        {
            var transport = new HubTransport(this);
            _transports.Add(transport);
            return transport;
        }
    }

    /// <summary>The notifications since the last call, as text; of attached ones the head, up to the attachment's id.</summary>
    public string[] TakeNotifications()
    {
        lock (_lock)
        {
            string[] taken = [.. _notifications];
            _notifications.Clear();
            return taken;
        }
    }

    /// <summary>The number of bytes that were published since the last call.</summary>
    public long TakeBytes()
    {
        lock (_lock)
        {
            var taken = _bytes;
            _bytes = 0;
            return taken;
        }
    }

    /// <summary>Notifies the channel of the main namespace with this text, as anyone with a connection can.</summary>
    /// <param name="payload">The text.</param>
    /// <param name="pid">The backend that sends it.</param>
    public void Notify(string payload, int pid = 0)
    {
        lock (_lock)
        {
            foreach (var transport in _transports)
                transport.Receive("socket.io#/", Encoding.UTF8.GetBytes(payload), pid);
        }
    }

    public void Publish(params ReadOnlySpan<OutgoingMessage> messages)
    {
        lock (_lock)
        {
            Transactions++;
            foreach (var message in messages)
            {
                message.Number(message.IsEvent ? ++_events : _events, ++_ordinals);
                _bytes += message.IsAttached ? message.Attachment.Length : message.Payload.Length;
                _notifications.Add(Encoding.UTF8.GetString((message.IsAttached ? message.Head : message.Payload).Span));
                foreach (var transport in _transports)
                    transport.Receive(message);
            }
        }
    }
}
