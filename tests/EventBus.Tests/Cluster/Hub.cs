using System.Text;
using EventBus.Wire;

namespace EventBus.Tests.Cluster;

/// <summary>A stand-in for PostgreSQL: hands every published message, decoded from its bytes, to every transport that listens to its channel, in one order.</summary>
internal sealed class Hub
{
    private readonly Lock _lock = new();
    private readonly List<HubTransport> _transports = [];

    /// <summary>The notifications so far, as text; attached ones as their head.</summary>
    public List<string> Notifications { get; } = [];

    /// <summary>How often something was published: several messages posted together count once.</summary>
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

    public void Publish(params ReadOnlySpan<OutgoingMessage> messages)
    {
        lock (_lock)
        {
            Transactions++;
            foreach (var message in messages)
            {
                message.Number(0, 0);
                Notifications.Add(Encoding.UTF8.GetString((message.IsAttached ? message.Head : message.Payload).Span));
                foreach (var transport in _transports)
                    transport.Receive(message);
            }
        }
    }
}
