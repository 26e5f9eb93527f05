using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Tests.Transport.InMemory;

/// <summary>Records the calls of a transport as text, in order.</summary>
internal sealed class RecordingReceiver : ITransportReceiver
{
    public Inbox<string> Inbox { get; } = new();

    /// <summary>Called by the pump before each message.</summary>
    public Action? BeforeMessage { get; init; }

    /// <summary>Called by the pump before it takes the next notification.</summary>
    public Action? BeforeNext { get; set; }

    public bool IsCongested
    {
        get
        {
            BeforeNext?.Invoke();
            return false;
        }
    }

    public bool HasRequests(string busNamespace) => true;

    public Task WaitUntilRelievedAsync(CancellationToken giveUp) => Task.CompletedTask;

    public void OnMessage(ClusterMessage message)
    {
        BeforeMessage?.Invoke();
        Inbox.Add(message.Type == MessageType.Broadcast ? Message.AsJson(message.PacketData) : $"{message.Type} {message.Key.Number}");
    }

    public void OnGap(EventGap gap) => Inbox.Add($"gap of {gap.Lost} in {gap.Namespace}");

    public void OnAttachmentLost(LostAttachment attachment) => Inbox.Add($"lost attachment {attachment.Id}");

    public void OnConnectedChanged(bool connected) => Inbox.Add(connected ? "connected" : "disconnected");

    public void OnListeningAgain() => Inbox.Add("listening again");
}
