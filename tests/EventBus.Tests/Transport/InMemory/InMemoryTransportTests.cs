using System.Globalization;
using EventBus.Tests.Testing;
using EventBus.Transport.InMemory;
using EventBus.Wire;

namespace EventBus.Tests.Transport.InMemory;

public sealed class InMemoryTransportTests : IAsyncDisposable
{
    private const string Binary = """["bin",null]""";

    private readonly InMemoryDatabase _database = new();
    private readonly TestTime _time = new();
    private readonly List<MemoryNode> _nodes = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task PublishAsync_small_and_large_events_arrive_in_one_order()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        var large = new string('x', 9000);

        await Task.WhenAll(
            a.PublishAsync("1"), a.PublishAsync(a.BinaryEvent()), a.PublishAsync("2"), a.PublishAsync(large), a.PublishAsync("3"));

        Assert.Equal([Text("1"), Binary, Text("2"), Text(large), Text("3")], await b.Inbox.NextAsync(5));
        Assert.Equal(0, b.Diagnostics.Lost.Value);
        Assert.Equal((5L, 3L, 2L), (a.Diagnostics.Published.Value, a.Diagnostics.Inline.Value, a.Diagnostics.Attached.Value));

        // A node receives its own messages, except for attached ones.
        Assert.Equal([Text("1"), Text("2"), Text("3")], await a.Inbox.NextAsync(3));
    }

    [Fact]
    public async Task PublishAsync_all_nodes_receive_all_sources_in_one_order()
    {
        const int each = 500;
        var (a, b, c, d) = (await StartAsync("a"), await StartAsync("b"), await StartAsync("c"), await StartAsync("d"));
        await Task.WhenAll(Task.Run(() => PublishManyAsync(a, "a")), Task.Run(() => PublishManyAsync(b, "b")));

        var (seenByC, seenByD) = (await c.Inbox.NextAsync(2 * each), await d.Inbox.NextAsync(2 * each));

        Assert.Equal(seenByC, seenByD);
        foreach (var source in new[] { "a", "b" })
        {
            Assert.Equal(
                Enumerable.Range(0, each).Select(i => Text($"{source}{i}")),
                seenByC.Where(text => text.StartsWith(Text(source)[..^2], StringComparison.Ordinal)));
        }

        static Task PublishManyAsync(MemoryNode node, string name) =>
            Task.WhenAll(Enumerable.Range(0, each).Select(i => node.PublishAsync($"{name}{i.ToString(CultureInfo.InvariantCulture)}")));
    }

    [Fact]
    public async Task PublishAsync_7999_bytes_are_sent_and_8000_rejected_alone()
    {
        var a = await StartAsync("a", payloadThreshold: 9000);
        var b = await StartAsync("b");
        using var empty = a.Event("");
        var longest = new string('x', 7999 - empty.Size - NumberTail.MinJsonBytes(MessageType.Broadcast));

        await a.PublishAsync(longest);
        Assert.Equal(Text(longest), await b.Inbox.NextAsync());

        _database.SetDown(true); // The waiting messages are published in one transaction.
        var (before, tooLong, after) = (a.PublishAsync("before"), a.PublishAsync(longest + "x"), a.PublishAsync("after"));
        _database.SetDown(false);

        var exception = await Assert.ThrowsAsync<EventNotSentException>(() => tooLong);
        Assert.False(exception.IsTransient);
        await before;
        await after;
        Assert.Equal(
            ["disconnected", "connected", "listening again", Text("before"), "gap of 1 in /", Text("after")],
            await b.Inbox.NextAsync(6));
    }

    [Fact]
    public async Task TryPost_equal_messages_become_one_only_within_a_transaction()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));

        Assert.True(a.Transport.Publisher.TryPost(a.Encoder.Heartbeat(), a.Encoder.Heartbeat(), a.Encoder.InitialHeartbeat()));
        Assert.Equal(["Heartbeat 0", "InitialHeartbeat 0"], await b.Inbox.NextAsync(2));
        Assert.True(a.Transport.Publisher.TryPost(a.Encoder.Heartbeat()));
        Assert.Equal("Heartbeat 0", await b.Inbox.NextAsync());
        await a.PublishAsync("end");
        Assert.Equal(Text("end"), await b.Inbox.NextAsync());
    }

    [Fact]
    public async Task TrySetCutOff_missed_events_are_counted()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.PublishAsync("1");
        Assert.Equal(Text("1"), await b.Inbox.NextAsync());

        Assert.True(_database.TrySetCutOff("b", isCutOff: true));
        await a.PublishAsync("2");
        await a.PublishAsync(a.BinaryEvent());
        await b.PublishAsync("b publishes on");
        Assert.True(_database.TrySetCutOff("b", isCutOff: false));
        Assert.True(a.Transport.Publisher.TryPost(a.Encoder.Heartbeat()));

        Assert.Equal(["disconnected", "connected", "listening again", "gap of 2 in /", "Heartbeat 3"], await b.Inbox.NextAsync(5));
        Assert.Equal((2L, 1L), (b.Diagnostics.Lost.Value, b.Diagnostics.Reconnects.Value));
        Assert.IsType<IOException>(await b.Errors.NextAsync());
        Assert.Equal([Text("1"), Text("2"), Text("b publishes on"), "Heartbeat 3"], await a.Inbox.NextAsync(4));
        Assert.False(_database.TrySetCutOff("c", isCutOff: true));
    }

    [Fact]
    public async Task LoseNextAttachment_is_one_lost_event_and_no_gap()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));

        _database.LoseNextAttachment();
        await a.PublishAsync("1");
        await a.PublishAsync(a.BinaryEvent());
        await a.PublishAsync(a.BinaryEvent());

        Assert.Equal([Text("1"), "lost attachment 1", Binary], await b.Inbox.NextAsync(3));
        Assert.Equal(1, b.Diagnostics.Lost.Value);
        Assert.Equal(0, a.Diagnostics.Lost.Value);
    }

    [Fact]
    public async Task SetDown_queued_messages_are_published_later_without_a_gap()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        _database.SetDown(true);
        var publishing = a.PublishAsync("1");
        Assert.False(publishing.IsCompleted);

        _database.SetDown(false);
        await publishing;

        Assert.Equal(["disconnected", "connected", "listening again", Text("1")], await b.Inbox.NextAsync(4));
        Assert.Equal(0, b.Diagnostics.Lost.Value);
    }

    [Fact]
    public async Task SetDown_queued_messages_expire_as_not_sent()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        _database.SetDown(true);
        var publishing = a.PublishAsync("1");
        Assert.True(a.Transport.Publisher.TryPost(a.Event("posted")));
        _time.Advance(new EventBusOptions().PublishTimeout - TimeSpan.FromMilliseconds(1));
        Assert.False(publishing.IsCompleted);
        while (!publishing.IsCompleted) // The loop may have set its timer only after the clock was advanced.
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        var exception = await Assert.ThrowsAsync<EventNotSentException>(() => publishing);
        Assert.True(exception.IsTransient);
        Assert.Contains("down", exception.Message, StringComparison.Ordinal);
        Assert.Equal(2, a.Diagnostics.PublishFailures.Value);
        Assert.Equal(1, a.Logger.Count(102));

        _database.SetDown(false);
        await a.PublishAsync("2");
        Assert.Equal(["disconnected", "connected", "listening again", Text("2")], await b.Inbox.NextAsync(4));
    }

    [Fact]
    public async Task SetDown_nodes_neither_start_nor_listen()
    {
        var a = await StartAsync("a");
        _database.SetDown(true);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => StartAsync("b"));
        Assert.True(exception.IsTransient);

        var listening = a.Transport.ListenAsync("socket.io#/other", "/other", Cancellation);
        Assert.False(listening.IsCompleted);
        _database.SetDown(false);
        await listening;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CutNextCommit_leaves_the_outcome_unknown(bool isCommitted)
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.PublishAsync("1");
        _database.CutNextCommit(isCommitted);

        await Assert.ThrowsAsync<EventOutcomeUnknownException>(() => a.PublishAsync("2"));
        await a.PublishAsync("3");

        Assert.Equal([Text("1"), isCommitted ? Text("2") : "gap of 1 in /", Text("3")], await b.Inbox.NextAsync(3));
    }

    [Fact]
    public async Task PublishWithinAsync_throws()
    {
        var a = await StartAsync("a");
        var pipeline = a.Transport.Publisher;
        var exception = await Assert.ThrowsAsync<EventNotSentException>(
            async () => await pipeline.PublishWithinAsync(null!, a.Event("e"), Cancellation));
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task TryPost_full_queue_drops()
    {
        var (a, b) = (await StartAsync("a", new EventBusOptions { PublishQueueMessages = 1 }), await StartAsync("b"));
        _database.SetDown(true);
        var first = a.PublishAsync("1");
        Assert.False(a.Transport.Publisher.TryPost(a.Event("dropped")));
        var waits = a.PublishAsync("2");
        _database.SetDown(false);
        await first;
        await waits;

        Assert.Equal(1, a.Diagnostics.Dropped.Value);
        Assert.Equal(["disconnected", "connected", "listening again", Text("1"), Text("2")], await b.Inbox.NextAsync(5));
    }

    [Fact]
    public async Task DrainAsync_publishes_queued_messages_and_rejects_more()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        _database.SetDown(true);
        var publishing = a.PublishAsync("1");
        var draining = a.Transport.Publisher.DrainAsync(Cancellation);
        Assert.False(draining.IsCompleted);
        _database.SetDown(false);
        await draining;
        await publishing;
        await Assert.ThrowsAsync<EventBusClosedException>(() => a.PublishAsync("2"));
        Assert.Equal(["disconnected", "connected", "listening again", Text("1")], await b.Inbox.NextAsync(4));
    }

    [Fact]
    public async Task DisposeAsync_queued_messages_fail_as_not_sent()
    {
        var a = await StartAsync("a");
        _database.SetDown(true);
        var publishing = a.PublishAsync("1");
        var listening = a.Transport.ListenAsync("socket.io#/other", "/other", Cancellation);

        await a.Transport.DisposeAsync();

        var exception = await Assert.ThrowsAsync<EventNotSentException>(() => publishing);
        Assert.False(exception.IsTransient);
        await Assert.ThrowsAsync<EventBusClosedException>(() => listening);
    }

    [Fact]
    public async Task UnlistenAsync_missed_events_are_no_gap()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        await a.PublishAsync("1");
        Assert.Equal(Text("1"), await b.Inbox.NextAsync());
        await b.Transport.UnlistenAsync(b.Channel, Cancellation);
        await a.PublishAsync("2");
        await b.Transport.ListenAsync(b.Channel, "/", Cancellation);
        await a.PublishAsync("3");
        Assert.Equal(Text("3"), await b.Inbox.NextAsync());
        Assert.Equal(0, b.Diagnostics.Lost.Value);
    }

    private static string Text(string text) => $"""["b","{text}"]""";

    private async Task<MemoryNode> StartAsync(
        string uid, EventBusOptions? options = null, int payloadThreshold = EventBusDefaults.PayloadThreshold)
    {
        var node = await MemoryNode.StartAsync(_database, _time, uid, options, payloadThreshold);
        _nodes.Add(node);
        return node;
    }
}
