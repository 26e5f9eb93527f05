using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Tests.Wire;
using EventBus.Transport.InMemory;
using EventBus.Wire;

namespace EventBus.Tests.Transport.InMemory;

/// <summary>An in-memory transport that listens to the main namespace, with a receiver that records everything.</summary>
internal sealed class MemoryNode : IAsyncDisposable
{
    private MemoryNode(InMemoryDatabase database, EventBusOptions options, TimeProvider time, int payloadThreshold)
    {
        Diagnostics = new BusDiagnostics(Logger, Errors.Add);
        Transport = new InMemoryTransport(database, options, time, Diagnostics);
        Encoder = Message.Encoder(Transport.Source, payloadThreshold);
    }

    public InMemoryTransport Transport { get; }

    public MessageEncoder Encoder { get; }

    public BusDiagnostics Diagnostics { get; }

    public RecordingLogger Logger { get; } = new();

    public Inbox<Exception> Errors { get; } = new();

    public RecordingReceiver Receiver { get; } = new();

    public Inbox<string> Inbox => Receiver.Inbox;

    public string Channel => Encoder.Options.Channel;

    public static async Task<MemoryNode> StartAsync(
        InMemoryDatabase database,
        TimeProvider time,
        string uid = "node",
        EventBusOptions? options = null,
        int payloadThreshold = EventBusDefaults.PayloadThreshold)
    {
        options ??= new EventBusOptions();
        options.Uid = uid;
        var node = new MemoryNode(database, options, time, payloadThreshold);
        await node.Transport.StartAsync(node.Receiver, TestContext.Current.CancellationToken);
        await node.Transport.ListenAsync(node.Channel, "/", TestContext.Current.CancellationToken);
        Assert.Equal("connected", await node.Inbox.NextAsync());
        return node;
    }

    /// <summary>Publishes the event <c>b</c> with one text.</summary>
    public Task PublishAsync(string text, CancellationToken cancellationToken = default) => PublishAsync(Event(text), cancellationToken);

    public Task PublishAsync(OutgoingMessage message, CancellationToken cancellationToken = default) =>
        Transport.Publisher.PublishAsync(message, cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);

    public OutgoingMessage Event(string text) => Encoder.Broadcast(Message.Event(text), default);

    public OutgoingMessage BinaryEvent() => Encoder.Broadcast(Message.BinaryEvent(), default);

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}
