namespace EventBus.Tests.Cluster;

public sealed class AckStreamTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Stream_yields_acks_until_all_have_arrived()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1), ["r1"]);
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(2), ["r1"]);
        _cluster.TakeNotifications();
        var stream = a.Bus.Emitter<IPollEvents>().To("r1").Stream.Vote("tea?");
        Assert.Empty(_cluster.TakeNotifications());
        Assert.False(stream.IsComplete);

        var votes = new List<int>();
        await foreach (var vote in stream)
            votes.Add(vote);

        Assert.Equal([1, 2], votes.Order());
        Assert.True(stream.IsComplete);
        Assert.Equal(2, stream.Expected);
        Assert.Empty(stream.Missing);
        Assert.False(stream.IsTimedOut);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Stream_yields_early_acks_and_lists_missing_nodes_at_the_end()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        _cluster.Hub.Notify("""{"type":2,"uid":"n2","nsp":"/"}""");
        var stream = a.Bus.Emitter<IPollEvents>().WithTimeout(TimeSpan.FromSeconds(1)).Stream.Vote("tea?");
        await using var votes = stream.GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var first = votes.MoveNextAsync();
        var id = TakeRequest();
        Ack(id, 7);
        Assert.True(await first);
        Assert.Equal(7, votes.Current);

        var second = votes.MoveNextAsync();
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await second);
        Assert.True(stream.IsTimedOut);
        Assert.False(stream.IsComplete);
        Assert.Equal(5, stream.Expected);
        Assert.Equal(["n2"], stream.Missing);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Stream_left_early_closes_the_request()
    {
        var a = await _cluster.StartNodeAsync("a");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var stream = a.Bus.Emitter<IPollEvents>().Stream.Vote("tea?");

        await foreach (var vote in stream)
        {
            Assert.Equal(1, vote);
            Assert.Equal(1, a.Node.Adapter("/").OpenRequests);
            break;
        }

        Assert.False(stream.IsComplete);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Stream_cancelled_ends_the_loop_at_once()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        using var giveUp = new CancellationTokenSource();
        await using var votes = a.Bus.Emitter<IPollEvents>().Stream.Vote("tea?").GetAsyncEnumerator(giveUp.Token);

        var first = votes.MoveNextAsync().AsTask();
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Stream_throws_failures_inside_the_loop()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IPollEvents>();
        _cluster.Hub.IsDown = true;
        await Assert.ThrowsAsync<EventNotSentException>(() => EnumerateAsync(emitter.Stream.Vote("tea?")));
        _cluster.Hub.IsDown = false;

        var once = emitter.Stream.Vote("tea?");
        await EnumerateAsync(once);
        await Assert.ThrowsAsync<InvalidOperationException>(() => EnumerateAsync(once));
        Assert.Throws<ArgumentException>(() => a.Bus.Of().All.StreamAcks("connect"));
        Assert.Throws<ArgumentOutOfRangeException>(() => a.Bus.Of().All.StreamAcks("e", timeout: TimeSpan.Zero));

        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var enumerating = EnumerateAsync(emitter.Stream.Vote("tea?"));
        await a.Bus.DisposeAsync();
        await Assert.ThrowsAsync<EventBusClosedException>(() => enumerating);
    }

    [Fact]
    public async Task Stream_drops_and_counts_acks_beyond_its_capacity()
    {
        const int capacity = 1000; // SocketQueueEvents of the test cluster.
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var stream = a.Bus.Of().All.StreamAcks("vote");
        await using var votes = stream.GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var first = votes.MoveNextAsync();
        var id = _cluster.LastRequestId();
        _cluster.Hub.Notify($$$"""{"type":11,"data":{"requestId":"{{{id}}}","clientCount":{{{capacity + 3}}} },"uid":"n1","nsp":"/"}""");
        Ack(id, 0);
        Assert.True(await first);
        for (var i = 1; i < capacity + 3; i++)
            Ack(id, i);

        var taken = 1;
        while (await votes.MoveNextAsync())
            Assert.Equal(taken++, votes.Current);
        Assert.Equal(capacity + 1, taken);
        Assert.Equal(capacity + 3, stream.Expected);
        Assert.Empty(stream.Missing);
        Assert.False(stream.IsComplete);
        Assert.Equal(2, a.Bus.Statistics.Dropped);
        Assert.Equal(1, a.Logger.Count(315));
    }

    private static async Task EnumerateAsync(AckStream<int> stream)
    {
        await foreach (var vote in stream)
            Assert.Fail($"Received an unexpected vote: {vote}.");
    }

    private string TakeRequest()
    {
        var id = _cluster.LastRequestId();
        _cluster.Hub.Notify($$$"""{"type":11,"data":{"requestId":"{{{id}}}","clientCount":5},"uid":"n1","nsp":"/"}""");
        return id;
    }

    private void Ack(string requestId, int vote) =>
        _cluster.Hub.Notify($$$"""{"type":12,"data":{"requestId":"{{{requestId}}}","packet":{{{vote}}} },"uid":"n1","nsp":"/"}""");

    private async Task AssertNothingRemainsAsync(TestNode node)
    {
        Assert.Equal(0, node.Node.Adapter("/").OpenRequests);
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes);
    }
}
