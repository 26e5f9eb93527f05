namespace EventBus.Tests.Cluster;

public sealed class TypedAckTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Request_gathers_the_acks_of_all_target_sockets()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1), ["r1"]);
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(2), ["r1"]);
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(3), ["r1", "muted"]);
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(4));
        var emitter = a.Bus.Emitter<IPollEvents>();

        var acks = await emitter.To("r1").Except("muted").Vote("tea?");

        Assert.Equal([1, 2], acks.Responses.Order());
        Assert.Equal(2, acks.Expected);
        Assert.Empty(acks.Missing);
        Assert.True(acks.IsComplete);
        Assert.False(acks.IsTimedOut);
        Assert.Equal([1, 2, 3, 4], (await emitter.Vote("all?")).Responses.Order());
        Assert.Equal([1], (await emitter.Local.Vote("here?")).Responses);
        await AssertNothingRemainsAsync(a);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Request_gathers_equal_binary_and_large_acks_from_all_nodes(int bytes)
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        var emitter = a.Bus.Emitter<IPollEvents>();

        Assert.All((await emitter.Photo(bytes)).Responses, photo => Assert.Equal(new byte[bytes], photo.ToArray()));
        var text = new string('é', bytes);
        Assert.Equal([text, text], (await emitter.Echo(text)).Responses);

        // The wire cannot carry a lone surrogate, so a local ack does not keep it either.
        Assert.Equal(["\ufffd", "\ufffd"], (await emitter.Echo("\ud83d")).Responses);
    }

    [Fact]
    public async Task WithTimeout_overrides_the_option_and_is_sent_with_the_event()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var emitter = a.Bus.Emitter<IPollEvents>();

        var requesting = emitter.To("r1").Except("no").WithTimeout(TimeSpan.FromMilliseconds(250)).Vote("tea?").AsTask();
        Assert.Contains(
            "\"opts\":{\"rooms\":[\"r1\"],\"except\":[\"no\"],\"flags\":{\"timeout\":250}}",
            _cluster.Hub.TakeNotifications()[^1],
            StringComparison.Ordinal);
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(250));
        var acks = await requesting;
        Assert.True(acks.IsTimedOut);
        Assert.False(acks.IsComplete);
        Assert.Equal(["silent"], acks.Missing);

        requesting = emitter.Vote("tea?").AsTask();
        Assert.Contains("\"flags\":{\"timeout\":3000}", _cluster.Hub.TakeNotifications()[^1], StringComparison.Ordinal);
        _cluster.Time.Advance(TestCluster.RequestsTimeout);
        Assert.True((await requesting).IsTimedOut);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task WithTimeout_rejects_zero_and_out_of_range()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IPollEvents>();
        var tooLong = TimeSpan.FromMilliseconds(int.MaxValue + 1L);
        foreach (var timeout in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, tooLong })
        {
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.WithTimeout(timeout));
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.To("r1").WithTimeout(timeout));
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.ServerSide.WithTimeout(timeout));
        }

        Assert.True((await emitter.WithTimeout(TimeSpan.FromMilliseconds(int.MaxValue)).Vote("anyone?")).IsComplete);
    }

    [Fact]
    public async Task Request_handler_that_throws_sends_no_ack_and_is_logged()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var good = new PollHandler(1);
        var bad = new PollHandler(static () => throw new InvalidOperationException("of the test"));
        await b.Bus.AddHandlerAsync<IPollEvents>(bad);
        await b.Bus.AddHandlerAsync<IPollEvents>(good);

        var requesting = a.Bus.Emitter<IPollEvents>().Vote("tea?").AsTask();
        await b.DrainAsync();
        Assert.False(requesting.IsCompleted);
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        var acks = await requesting;
        Assert.Equal([1], acks.Responses);
        Assert.Equal(2, acks.Expected);
        Assert.True(acks.IsTimedOut);
        Assert.Equal(1, b.Diagnostics.HandlerFailures.Value);
        Assert.Equal(1, b.Logger.Count(201));
    }

    [Fact]
    public async Task Request_unwritable_ack_is_a_handler_failure_with_its_path()
    {
        var a = await _cluster.StartNodeAsync("a");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1) { Echoed = null! });

        var requesting = a.Bus.Emitter<IPollEvents>().Echo("tea").AsTask();
        await a.DrainAsync();
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        Assert.Empty((await requesting).Responses);
        var entry = Assert.Single(a.Logger.Entries, static logged => logged.Id.Id == 201);
        var failure = Assert.IsType<EventSerializationException>(entry.Exception);
        Assert.Equal(("echo", "ack"), (failure.EventName, failure.Path));
        Assert.StartsWith("The ack of 'echo' cannot be written at 'ack': A value is null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ack_of_another_type_is_malformed_and_not_counted()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        foreach (var node in new[] { a, b })
        {
            await node.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
            await node.Bus.Of().ConnectAsync(
                new SocketOptions(), socket => socket.On("vote", static _ => ValueTask.FromResult<EventValue>("tea, please")));
        }

        var acks = await a.Bus.Emitter<IPollEvents>().Vote("tea?");

        Assert.Equal([1, 1], acks.Responses);
        Assert.Equal(4, acks.Expected);
        Assert.False(acks.IsComplete);
        Assert.False(acks.IsTimedOut);

        // The request may end before its last ack is counted and logged, but the handler that sent the ack does not.
        await a.DrainAsync();
        await b.DrainAsync();
        Assert.Equal((2, 0), (a.Bus.Statistics.Malformed, a.Diagnostics.IgnoredResponses.Value));
        var entry = Assert.Single(a.Logger.Entries, static logged => logged.Id.Id == 309); // Once per episode.
        var exception = Assert.IsType<EventSerializationException>(entry.Exception);
        Assert.StartsWith("The ack of 'vote' cannot be read: ", exception.Message, StringComparison.Ordinal);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Request_ack_whose_constructor_throws_does_not_affect_the_others()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var requesting = a.Bus.Emitter<IPollEvents>().Point().AsTask();
        var id = _cluster.LastRequestId();
        Notify(11, id, "\"clientCount\":3");
        Notify(12, id, """ "packet":{"x":-1} """);
        Notify(12, id, """ "packet":{"x":7} """);
        Notify(12, id, """ "packet":null """);

        var acks = await requesting;
        Assert.Equal([7, null], acks.Responses.Select(static point => point?.X));
        Assert.Equal(3, acks.Expected);
        Assert.False(acks.IsComplete);
        Assert.Equal(1, a.Bus.Statistics.Malformed);
    }

    [Fact]
    public async Task Event_without_a_request_gets_no_ack()
    {
        var a = await _cluster.StartNodeAsync("a");
        var handler = new PollHandler(1);
        await a.Bus.AddHandlerAsync<IPollEvents>(handler);
        _cluster.TakeNotifications();
        _cluster.Hub.Notify(
            """{"type":3,"data":{"packet":{"type":2,"data":["vote","tea?"]},"opts":{"rooms":[],"except":[]}},"uid":"n1","nsp":"/"}""");
        await a.DrainAsync();
        Assert.Equal("vote tea?", await handler.Inbox.NextAsync());
        Assert.Empty(_cluster.TakeNotifications());
        Assert.Equal(0, a.Diagnostics.HandlerFailures.Value);
    }

    [Fact]
    public async Task Request_cancelled_leaves_nothing_open()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        using var giveUp = new CancellationTokenSource();
        var requesting = a.Bus.Emitter<IPollEvents>().Vote("tea?", giveUp.Token).AsTask();
        Assert.Equal(1, a.Node.Adapter("/").OpenRequests);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => requesting);
        await AssertNothingRemainsAsync(a);

        _cluster.TakeNotifications();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await a.Bus.Emitter<IPollEvents>().Vote("tea?", giveUp.Token));
        Assert.Empty(_cluster.TakeNotifications());
    }

    private void Notify(int type, string requestId, string data) =>
        _cluster.Hub.Notify($$$"""{"type":{{{type}}},"data":{"requestId":"{{{requestId}}}",{{{data}}}},"uid":"n1","nsp":"/"}""");

    private async Task AssertNothingRemainsAsync(TestNode node)
    {
        Assert.Equal(0, node.Node.Adapter("/").OpenRequests);
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes);
    }
}
