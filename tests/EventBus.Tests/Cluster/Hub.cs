using System.Text;
using EventBus.Wire;

namespace EventBus.Tests.Cluster;

/// <summary>A stand-in for PostgreSQL: decodes every published message and delivers it to all listening transports in one order.</summary>
internal sealed class Hub
{
    private readonly Lock _lock = new();
    private readonly List<HubTransport> _transports = [];
    private readonly List<string> _notifications = [];
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

    /// <summary>Notifies the channel of the main namespace with this text, as anyone with a connection can.</summary>
    public void Notify(string payload)
    {
        lock (_lock)
        {
            foreach (var transport in _transports)
                transport.Receive("socket.io#/", Encoding.UTF8.GetBytes(payload));
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
                _notifications.Add(Encoding.UTF8.GetString((message.IsAttached ? message.Head : message.Payload).Span));
                foreach (var transport in _transports)
                    transport.Receive(message);
            }
        }
    }
}
