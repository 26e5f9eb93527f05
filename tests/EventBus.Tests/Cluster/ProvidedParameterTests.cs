using System.Globalization;
using EventBus.Hosting;
using EventBus.Tests.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class ProvidedParameterTests : IAsyncDisposable
{
    private readonly InMemoryNodes _nodes = new();

    public ValueTask DisposeAsync() => _nodes.DisposeAsync();

    [Fact]
    public async Task EventContext_has_the_sender_rooms_sequence_and_time()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        var (here, there) = (new NoteHandler(), new NoteHandler());
        await a.Bus.AddHandlerAsync<INoteEvents>(here, ["r1"]);
        await b.Bus.AddHandlerAsync<INoteEvents>(there, ["r1"]);
        var emitter = a.Bus.Emitter<INoteEvents>();

        await emitter.To("r2", "r1").Except("muted").Noted("first");
        await emitter.Noted("second");

        var (first, second) = (await there.Inbox.NextAsync(), await there.Inbox.NextAsync());
        Assert.Equal(("a", "/", 1), (first.Sender, first.Namespace, first.Sequence));
        Assert.Equal(["r2", "r1"], first.Rooms);
        Assert.Equal(_nodes.Time.GetUtcNow(), first.ReceivedAt);
        Assert.Equal(16, first.Source!.Length);
        Assert.Equal(("a", first.Source, 2), (second.Sender, second.Source, second.Sequence));
        Assert.Empty(second.Rooms);

        // On the sending node an event is received before it has a number.
        var local = await here.Inbox.NextAsync();
        Assert.Equal(("a", first.Source, null), (local.Sender, local.Source, local.Sequence));
        Assert.Equal(["r2", "r1"], local.Rooms);
        Assert.Equal(_nodes.Time.GetUtcNow(), local.ReceivedAt);
    }

    [Fact]
    public async Task EventContext_of_a_publisher_has_a_sequence_and_no_sender()
    {
        var (bus, _) = await _nodes.StartAsync("a");
        var handler = new NoteHandler();
        await bus.AddHandlerAsync<INoteEvents>(handler);
        await using var publisher = EventBusPublisher.Create(_nodes.Cluster, timeProvider: _nodes.Time);

        await publisher.Emitter<INoteEvents>().Noted("published");

        var context = await handler.Inbox.NextAsync();
        Assert.Equal((null, 1), (context.Sender, context.Sequence));
        Assert.NotNull(context.Source);
    }

    [Fact]
    public async Task EventContext_of_a_Socket_IO_server_has_only_the_sender()
    {
        var cluster = new TestCluster();
        var node = await cluster.StartNodeAsync("a");
        var handler = new NoteHandler();
        await node.Bus.AddHandlerAsync<INoteEvents>(handler);

        Notify("""{"rooms":[],"except":[],"flags":{}}""", "node-js", """ ,"nsp":"/" """);
        Notify("""{"rooms":["a","b"],"flags":{},"except":[]}""", "emitter", rest: "");

        var context = await handler.Inbox.NextAsync();
        Assert.Equal(("node-js", null, null), (context.Sender, context.Source, context.Sequence));
        Assert.Empty(context.Rooms);
        Assert.Equal(0, handler.Inbox.Count);

        void Notify(string options, string uid, string rest) => cluster.Hub.Notify(
            """{"type":3,"data":{"packet":{"type":2,"data":["noted","hi"],"nsp":"/"},"opts":"""
            + $$$"""{{{options}}} },"uid":"{{{uid}}}"{{{rest}}} }""");
    }

    [Fact]
    public async Task EventContext_is_passed_to_handlers_with_acks_and_of_nodes()
    {
        var (a, b) = (await _nodes.StartAsync("a"), await _nodes.StartAsync("b"));
        await a.Bus.AddHandlerAsync<INoteEvents>(new NoteHandler(), ["r1"]);
        await b.Bus.AddHandlerAsync<INoteEvents>(new NoteHandler(), ["r1"]);
        b.Bus.HandleServerSide<INoteEvents>(new NoteHandler());
        var emitter = a.Bus.Emitter<INoteEvents>();

        Assert.Equal(["a #1 to r1", "a #? to r1"], (await emitter.To("r1").Describe()).Responses.Order(StringComparer.Ordinal));
        Assert.Equal(["a #2 to "], (await emitter.ServerSide.Describe()).Responses.Select(static ack => ack.Value));
    }

    [Fact]
    public async Task CancellationToken_is_cancelled_by_Stop_and_its_exception_is_no_failure()
    {
        var cluster = new TestCluster();
        var node = await cluster.StartNodeAsync("a");
        var handler = new NoteHandler { Waits = true };
        await node.Bus.AddHandlerAsync<INoteEvents>(handler);
        var emitter = node.Bus.Emitter<INoteEvents>();
        await emitter.Noted("waits");
        await emitter.Noted("comes afterwards");
        await handler.Inbox.NextAsync();
        Assert.False(handler.Token.IsCancellationRequested);

        await node.Bus.StopAsync(TestContext.Current.CancellationToken);

        // Queued events are still handled.
        await handler.Inbox.NextAsync();
        Assert.True(handler.Token.IsCancellationRequested);
        Assert.Equal((2, 0), (node.Logger.Count(206), node.Logger.Count(201)));
        Assert.Equal(0, node.Diagnostics.HandlerFailures.Value);
    }

    [Fact]
    public async Task Stop_completes_although_a_callback_of_the_token_throws()
    {
        var node = await new TestCluster().StartNodeAsync("a");
        var handler = new NoteHandler();
        await node.Bus.AddHandlerAsync<INoteEvents>(handler);
        await node.Bus.Emitter<INoteEvents>().Noted("registers");
        await handler.Inbox.NextAsync();
        await using var registration = handler.Token.Register(static () => throw new InvalidOperationException("of the test"));

        await node.Bus.DisposeAsync();

        Assert.Equal(BusState.Stopped, node.Bus.State);
        Assert.True(node.Transport.IsDisposed);
        Assert.Equal(1, node.Logger.Count(317));
    }

    [Fact]
    public async Task OperationCanceledException_without_Stop_is_a_handler_failure()
    {
        var node = await new TestCluster().StartNodeAsync("a");
        var handler = new NoteHandler { Cancels = true };
        var socket = await node.Bus.AddHandlerAsync<INoteEvents>(handler);
        await node.Bus.Emitter<INoteEvents>().Noted("cancels itself");

        // Leaving waits for the handlers of queued events, and cancels none.
        await socket.DisposeAsync();

        Assert.False(handler.Token.IsCancellationRequested);
        Assert.Equal((0, 1), (node.Logger.Count(206), node.Logger.Count(201)));
    }

    private sealed class NoteHandler : INoteEvents
    {
        public Inbox<EventContext> Inbox { get; } = new();

        public CancellationToken Token { get; private set; }

        public bool Waits { get; init; }

        public bool Cancels { get; init; }

        public async ValueTask Noted(string text, EventContext context, CancellationToken cancellationToken)
        {
            Token = cancellationToken;
            Inbox.Add(context);
            if (Cancels)
                throw new OperationCanceledException();
            if (Waits)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
        }

        public ValueTask<string> Describe(EventContext context) =>
            new($"{context.Sender} #{Sequence(context)} to {string.Join(",", context.Rooms)}");

        private static string Sequence(EventContext context) => context.Sequence?.ToString(CultureInfo.InvariantCulture) ?? "?";
    }
}
