using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

public sealed class ServerSideEmitTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task ServerSideEmit_reaches_all_other_nodes()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (sender, there) = (Handle(a), Handle(b));
        var (_, socket) = await b.ConnectAsync();

        await a.Bus.Of().ServerSideEmitAsync("e", new EventValue[] { 1, new byte[] { 2 } });
        await b.Bus.Of().ServerSideEmitAsync("e", new EventValue[] { "back" });

        Assert.Equal("1,<1 bytes>", await there.NextAsync());
        Assert.Equal("\"back\"", await sender.NextAsync());
        Assert.Equal((0, 0, 0), (sender.Count, there.Count, socket.Count));
    }

    [Fact]
    public async Task ServerSideEmitWithAck_gathers_one_ack_per_node_of_any_size()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        a.Bus.Of().OnServerSide("request", _ => ValueTask.FromResult<EventValue>("never called on the sender"));
        b.Bus.Of().OnServerSide("request", arguments => ValueTask.FromResult<EventValue>(arguments[0].GetInt64() + 1));
        c.Bus.Of().OnServerSide("request", _ => ValueTask.FromResult<EventValue>("replaced"));
        c.Bus.Of().OnServerSide("request", _ => ValueTask.FromResult<EventValue>(new byte[9000]));

        var acks = await a.Bus.Of().ServerSideEmitWithAckAsync("request", new EventValue[] { 1 });

        Assert.True(acks.IsComplete);
        Assert.Equal([new("b", 2), new("c", new byte[9000])], acks.Responses.OrderBy(ack => ack.Uid, StringComparer.Ordinal));
        Assert.Equal(0, a.Node.Adapter("/").OpenRequests);
    }

    [Fact]
    public async Task ServerSideEmitWithAck_lists_nodes_without_a_handler_as_missing()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        var d = await _cluster.StartNodeAsync("d");
        var thrown = Handle(c);
        d.Bus.Of().OnServerSide("e", _ => ValueTask.FromException<EventValue>(new InvalidOperationException("of the test")));

        var requesting = a.Bus.Of().ServerSideEmitWithAckAsync("e", timeout: TimeSpan.FromSeconds(1)).AsTask();
        Assert.Equal("", await thrown.NextAsync());
        await d.Bus.Of().ServerSideEmitAsync("e");
        Assert.Equal("", await thrown.NextAsync());
        Assert.False(requesting.IsCompleted);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        var acks = await requesting;
        Assert.Empty(acks.Responses);
        Assert.Equal(["b", "c", "d"], acks.Missing);
    }

    [Fact]
    public async Task OnServerSide_logs_a_throwing_handler_and_goes_on()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var inbox = Handle(b);
        b.Bus.Of().OnServerSide("bad", _ => ValueTask.FromException<EventValue>(new InvalidOperationException("of the test")));
        await a.Bus.Of().ServerSideEmitAsync("bad");
        await a.Bus.Of().ServerSideEmitAsync("e");
        Assert.Equal("", await inbox.NextAsync());
        Assert.Equal(1, b.Logger.Count(201));
        Assert.Equal(1, b.Diagnostics.HandlerFailures.Value);
    }

    [Fact]
    public async Task ServerSideEmitWithAck_ignores_responses_of_another_type()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var requesting = a.Bus.Of().ServerSideEmitWithAckAsync("e").AsTask();
        var id = _cluster.LastRequestId();
        _cluster.Hub.Notify($$$"""{"type":11,"data":{"requestId":"{{{id}}}","clientCount":1},"uid":"n1","nsp":"/"}""");
        Assert.Equal(1, a.Diagnostics.IgnoredResponses.Value);
        _cluster.Hub.Notify($$$"""{"type":10,"data":{"requestId":"{{{id}}}"},"uid":"n1","nsp":"/"}""");
        Assert.Equal(new ServerSideAck<EventValue>("n1", EventValue.Null), Assert.Single((await requesting).Responses));
    }

    [Theory]
    [InlineData("connect")]
    [InlineData("connection")]
    [InlineData("new_namespace")]
    [InlineData("")]
    public async Task ServerSideEmit_rejects_reserved_and_empty_names(string name)
    {
        var a = await _cluster.StartNodeAsync("a");
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().ServerSideEmitAsync(name));
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.Bus.Of().ServerSideEmitWithAckAsync(name));
        Assert.Throws<ArgumentException>(() => a.Bus.Of().OnServerSide(name, static _ => ValueTask.CompletedTask));
    }

    [Fact]
    public async Task ServerSideEmit_throws_after_Stop()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.IsDown = true;
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().ServerSideEmitAsync("e"));
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().ServerSideEmitWithAckAsync("e"));
        _cluster.Hub.IsDown = false;
        await a.Bus.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().ServerSideEmitAsync("e"));
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().ServerSideEmitWithAckAsync("e"));
    }

    private static Inbox<string> Handle(TestNode node)
    {
        var inbox = new Inbox<string>();
        node.Bus.Of().OnServerSide("e", arguments =>
        {
            inbox.Add(string.Join(",", arguments));
            return ValueTask.CompletedTask;
        });
        return inbox;
    }
}
