using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class BroadcastAckTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task EmitWithAck_gathers_local_and_remote_acks_of_all_sizes()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await AckAsync(a, "here", ["r1"]);
        await AckAsync(b, new string('é', 9000), ["r1"]);
        await AckAsync(b, new byte[] { 1, 2 }, ["r1"]);
        await AckAsync(b, "excluded", ["r1", "no"]);
        await AckAsync(b, "outside", []);

        var acks = await a.Bus.Of().To("r1").Except("no").EmitWithAckAsync("request", new EventValue[] { 1 });

        Assert.True(acks.IsComplete);
        Assert.False(acks.IsTimedOut);
        Assert.Equal(3, acks.Expected);
        Assert.Equivalent(
            new EventValue[] { "here", new string('é', 9000), new byte[] { 1, 2 } }.Select(value => value.ToString()),
            acks.Responses.Select(value => value.ToString()),
            strict: true);
        Assert.Equal(2, b.Bus.Statistics.Received);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task EmitWithAck_completes_at_once_without_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.StartNodeAsync("b");
        var acks = await a.Bus.Of().To("empty").EmitWithAckAsync("request");
        Assert.True(acks.IsComplete);
        Assert.Equal(0, acks.Expected);
        Assert.Empty(acks.Responses);
    }

    [Fact]
    public async Task EmitWithAck_waits_for_silent_sockets_until_the_timeout()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (_, inbox) = await b.ConnectAsync();
        await AckAsync(a, 1, []);
        var throwing = new Inbox<int>();
        await b.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("request", ValueTask<EventValue> (_) =>
        {
            throwing.Add(0);
            throw new InvalidOperationException("of the test");
        }));

        var requesting = a.Bus.Of().All.EmitWithAckAsync("request", timeout: TimeSpan.FromMilliseconds(500)).AsTask();
        Assert.Contains("\"flags\":{\"timeout\":500}", _cluster.Hub.TakeNotifications()[^2], StringComparison.Ordinal);
        await inbox.NextAsync();
        await throwing.NextAsync();
        await a.DrainAsync();
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(500));

        var acks = await requesting;
        Assert.True(acks.IsTimedOut);
        Assert.False(acks.IsComplete);
        Assert.Equal(3, acks.Expected);
        Assert.Equal([1], acks.Responses);
        Assert.Empty(acks.Missing);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task EmitWithAck_does_not_wait_for_sockets_without_a_handler()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        foreach (var node in (TestNode[])[a, b])
        {
            await AckAsync(node, 1, []);
            await node.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("other", static _ => ValueTask.CompletedTask));
            await node.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        }

        var acks = await a.Bus.Of().All.EmitWithAckAsync("request");
        Assert.True(acks.IsComplete);
        Assert.Equal(2, acks.Expected);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task EmitWithAck_ends_when_its_local_socket_has_left_without_an_ack()
    {
        var a = await _cluster.StartNodeAsync("a");
        var kept = new Inbox<EventAck?>();
        var socket = await a.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("request", (_, ack) =>
        {
            kept.Add(ack);
            return ValueTask.CompletedTask;
        }));
        await AckAsync(a, "here", []);
        var requesting = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        var ack = await kept.NextAsync();
        await socket.DisposeAsync();

        var acks = await requesting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["here"], acks.Responses);
        Assert.Equal((2, false, false), (acks.Expected, acks.IsTimedOut, acks.IsComplete));
        ack!.Send("too late");
        await AssertNothingRemainsAsync(a);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EventAck_can_be_sent_later_and_does_not_delay_other_events(bool isNamed)
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var received = new Inbox<EventAck?>();
        foreach (var node in (TestNode[])[a, b])
        {
            await node.Bus.Of().ConnectAsync(new SocketOptions(), socket =>
            {
                if (isNamed)
                    socket.On("request", (_, ack) => Keep(ack));
                else
                    socket.OnAny((_, _, ack) => Keep(ack));
            });
        }

        var first = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        EventAck?[] ofFirst = [await received.NextAsync(), await received.NextAsync()];
        var second = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        EventAck?[] ofSecond = [await received.NextAsync(), await received.NextAsync()];
        await a.Bus.Of().All.EmitAsync("request");
        Assert.Null(await received.NextAsync());
        Assert.Null(await received.NextAsync());

        Array.ForEach(ofSecond, static ack => ack!.Send(2));
        Assert.Equal([2, 2], (await second).Responses);
        Assert.False(first.IsCompleted);
        Array.ForEach(ofFirst, static ack => ack!.Send(1));
        Array.ForEach(ofFirst, static ack => ack!.Send("too late"));
        Assert.Equal([1, 1], (await first).Responses);
        await AssertNothingRemainsAsync(a);

        ValueTask Keep(EventAck? ack)
        {
            received.Add(ack);
            return ValueTask.CompletedTask;
        }
    }

    [Fact]
    public async Task EmitWithAck_on_Local_reaches_only_local_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await AckAsync(a, "here", []);
        await AckAsync(b, "there", []);
        _cluster.TakeNotifications();
        Assert.Equal(["here"], (await a.Bus.Of().All.Local.EmitWithAckAsync("request")).Responses);
        Assert.Empty(_cluster.TakeNotifications());
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task EmitWithAck_accepts_at_most_as_many_acks_as_a_node_announced()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var requesting = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        var id = _cluster.LastRequestId();

        Ack("n1", id, 1);
        Ack("stranger", id, 8);
        Count("n1", id, 2);
        Count("n1", id, 9);
        Assert.False(requesting.IsCompleted);
        Ack("n1", id, 2);
        Ack("n1", id, 9);

        var acks = await requesting;
        Assert.Equal([1, 2], acks.Responses);
        Assert.Equal(2, acks.Expected);
        Assert.True(acks.IsComplete);
        Assert.Equal(3, a.Diagnostics.IgnoredResponses.Value);
    }

    [Fact]
    public async Task EmitWithAck_counts_acks_of_a_node_whose_count_is_lost()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        await AckAsync(a, 1, []);
        var requesting = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        var id = _cluster.LastRequestId();
        Ack("n1", id, 2);
        Ack("n1", id, 3);
        await a.DrainAsync();
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        var acks = await requesting;
        Assert.Equal(3, acks.Responses.Count);
        Assert.Equal(3, acks.Expected);
        Assert.Equal(["n1"], acks.Missing);
        Assert.False(acks.IsComplete);
    }

    [Fact]
    public async Task EmitWithAck_lists_a_node_that_left_as_missing()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var requesting = a.Bus.Of().All.EmitWithAckAsync("request").AsTask();
        var id = _cluster.LastRequestId();
        Count("n1", id, 2);
        Ack("n1", id, 1);
        _cluster.Hub.Notify("""{"type":13,"uid":"n1","nsp":"/"}""");

        var acks = await requesting;
        Assert.Equal(["n1"], acks.Missing);
        Assert.Equal([1], acks.Responses);
        Assert.Equal(2, acks.Expected);
        Assert.False(acks.IsComplete);
        Assert.False(acks.IsTimedOut);
    }

    [Fact]
    public async Task Broadcast_request_gets_the_count_before_the_acks()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await AckAsync(a, "x", ["r1"]);
        await a.ConnectAsync(["r1"]);
        _cluster.TakeNotifications();
        _cluster.Hub.Notify(
            """{"type":3,"data":{"packet":{"type":2,"data":["request"]},"requestId":"0123456789abcdef","opts":{"rooms":["r1"]"""
            + ""","except":[],"flags":{"timeout":1000}}},"uid":"n1","nsp":"/"}""");
        await a.DrainAsync();

        var responses = _cluster.Hub.TakeNotifications();
        Assert.Equal(3, responses.Length);
        Assert.StartsWith(
            """{"type":11,"data":{"requestId":"0123456789abcdef","clientCount":2},"uid":"a",""", responses[0], StringComparison.Ordinal);
        Assert.StartsWith(
            """{"type":11,"data":{"requestId":"0123456789abcdef","clientCount":0},"uid":"b",""", responses[1], StringComparison.Ordinal);
        Assert.StartsWith(
            """{"type":12,"data":{"requestId":"0123456789abcdef","packet":"x"},"uid":"a",""", responses[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task RemoteSocket_EmitWithAck_returns_the_ack_of_the_first_handler()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var socket = await b.Bus.Of().ConnectAsync(new SocketOptions(), socket =>
        {
            socket.On("request", arguments => ValueTask.FromResult<EventValue>(arguments[0].GetInt64() + 1));
            socket.OnAny((name, _) => ValueTask.FromResult<EventValue>(name));
        });
        var remote = Assert.Single((await a.Bus.Of().To(socket.Id).FetchSocketsAsync()).Sockets);

        Assert.Equal(2, await remote.EmitWithAckAsync("request", new EventValue[] { 1 }));
        Assert.Equal("other", await remote.EmitWithAckAsync("other"));

        await socket.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await remote.EmitWithAckAsync("request"));

        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var requesting = remote.EmitWithAckAsync("request").AsTask();
        _cluster.Time.Advance(TestCluster.RequestsTimeout);
        await Assert.ThrowsAsync<TimeoutException>(() => requesting);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task EmitWithAck_throws_when_publishing_fails()
    {
        var a = await _cluster.StartNodeAsync("a");
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().All.EmitWithAckAsync("connect"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await a.Bus.Of().All.EmitWithAckAsync("e", timeout: TimeSpan.Zero));
        _cluster.Hub.IsDown = true;
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.EmitWithAckAsync("e"));
        _cluster.Hub.IsDown = false;
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var requesting = a.Bus.Of().All.EmitWithAckAsync("e").AsTask();
        await a.Bus.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(() => requesting);
        await _cluster.Time.AssertTimersAsync(0);
    }

    private static Task<LocalSocket> AckAsync(TestNode node, EventValue ack, string[] rooms) => node.Bus.Of().ConnectAsync(
        new SocketOptions { Rooms = rooms }, socket => socket.On("request", _ => ValueTask.FromResult(ack))).AsTask();

    private void Ack(string uid, string requestId, int ack) =>
        _cluster.Hub.Notify($$$"""{"type":12,"data":{"requestId":"{{{requestId}}}","packet":{{{ack}}} },"uid":"{{{uid}}}","nsp":"/"}""");

    private void Count(string uid, string requestId, int count) =>
        _cluster.Hub.Notify(
            $$$"""{"type":11,"data":{"requestId":"{{{requestId}}}","clientCount":{{{count}}} },"uid":"{{{uid}}}","nsp":"/"}""");

    private async Task AssertNothingRemainsAsync(TestNode node)
    {
        Assert.Equal(0, node.Node.Adapter("/").OpenRequests);
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes);
    }
}
