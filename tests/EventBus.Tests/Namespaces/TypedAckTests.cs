using EventBus.Tests.Cluster;

namespace EventBus.Tests.Namespaces;

public sealed class TypedAckTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Every_socket_here_and_there_answers()
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
        AssertNothingRemains(a);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public async Task Answers_may_be_binary_or_large_and_are_the_same_from_here_and_there(int bytes)
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        await b.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        var emitter = a.Bus.Emitter<IPollEvents>();

        Assert.All((await emitter.Photo(bytes)).Responses, photo => Assert.Equal(new byte[bytes], photo.ToArray()));
        var text = new string('é', bytes);
        Assert.Equal([text, text], (await emitter.Echo(text)).Responses);

        // On the wire there is no half of a pair, so there is none here either.
        Assert.Equal(["\ufffd", "\ufffd"], (await emitter.Echo("\ud83d")).Responses);
    }

    [Fact]
    public async Task The_time_is_the_operators_or_else_the_options_and_travels_with_the_event()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var emitter = a.Bus.Emitter<IPollEvents>();

        var asking = emitter.To("r1").Except("no").WithTimeout(TimeSpan.FromMilliseconds(250)).Vote("tea?").AsTask();
        Assert.Contains(
            "\"opts\":{\"rooms\":[\"r1\"],\"except\":[\"no\"],\"flags\":{\"timeout\":250}}", _cluster.Hub.TakeNotifications()[^1], StringComparison.Ordinal);
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(250));
        var acks = await asking;
        Assert.True(acks.IsTimedOut);
        Assert.False(acks.IsComplete);
        Assert.Equal(["silent"], acks.Missing);

        asking = emitter.Vote("tea?").AsTask();
        Assert.Contains("\"flags\":{\"timeout\":3000}", _cluster.Hub.TakeNotifications()[^1], StringComparison.Ordinal);
        _cluster.Time.Advance(TestCluster.RequestsTimeout);
        Assert.True((await asking).IsTimedOut);
        AssertNothingRemains(a);
    }

    [Fact]
    public async Task Nobody_waits_shorter_than_no_time_or_longer_than_can_be_said()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IPollEvents>();
        foreach (var timeout in new[] { TimeSpan.Zero, TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(int.MaxValue + 1L) })
        {
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.WithTimeout(timeout));
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.To("r1").WithTimeout(timeout));
            Assert.Throws<ArgumentOutOfRangeException>("timeout", () => emitter.ServerSide.WithTimeout(timeout));
        }

        Assert.True((await emitter.WithTimeout(TimeSpan.FromMilliseconds(int.MaxValue)).Vote("anyone?")).IsComplete);
    }

    [Fact]
    public async Task A_handler_that_throws_answers_nothing_and_is_logged_and_counted()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var good = new PollHandler(1);
        var bad = new PollHandler(static () => throw new InvalidOperationException("of the test"));
        await b.Bus.AddHandlerAsync<IPollEvents>(bad);
        await b.Bus.AddHandlerAsync<IPollEvents>(good);

        var asking = a.Bus.Emitter<IPollEvents>().Vote("tea?").AsTask();
        await b.DrainAsync();
        Assert.False(asking.IsCompleted);
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        var acks = await asking;
        Assert.Equal([1], acks.Responses);
        Assert.Equal(2, acks.Expected);
        Assert.True(acks.IsTimedOut);
        Assert.Equal(1, b.Diagnostics.HandlerFailures.Value);
        Assert.Equal(1, b.Logger.Count(201));
    }

    [Fact]
    public async Task An_answer_that_cannot_be_written_is_the_handlers_failure_and_says_which_it_is()
    {
        var a = await _cluster.StartNodeAsync("a");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1) { Echoed = null! });

        var asking = a.Bus.Emitter<IPollEvents>().Echo("tea").AsTask();
        await a.DrainAsync();
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        Assert.Empty((await asking).Responses);
        var failure = Assert.IsType<EventSerializationException>(Assert.Single(a.Logger.Entries, static entry => entry.Id.Id == 201).Exception);
        Assert.Equal(("echo", "ack"), (failure.EventName, failure.Path));
        Assert.StartsWith("The ack of 'echo' cannot be written at 'ack': A value is null", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_another_type_is_malformed_and_its_socket_one_that_has_not_answered()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        foreach (var node in new[] { a, b })
        {
            await node.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
            await node.Bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("vote", static _ => ValueTask.FromResult<EventValue>("tea, please")));
        }

        var acks = await a.Bus.Emitter<IPollEvents>().Vote("tea?");

        Assert.Equal([1, 1], acks.Responses);
        Assert.Equal(4, acks.Expected);
        Assert.False(acks.IsComplete);
        Assert.False(acks.IsTimedOut);
        Assert.Equal((2, 0), (a.Bus.Statistics.Malformed, a.Diagnostics.IgnoredResponses.Value));
        Assert.All(
            a.Logger.Entries.Where(static entry => entry.Id.Id == 309),
            static entry => Assert.StartsWith("The ack of 'vote' cannot be read: ", Assert.IsType<EventSerializationException>(entry.Exception).Message, StringComparison.Ordinal));
        Assert.Equal(1, a.Logger.Count(309)); // Once an episode.
        AssertNothingRemains(a);
    }

    [Fact]
    public async Task What_the_constructor_of_an_answer_throws_concerns_that_answer_alone()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        var asking = a.Bus.Emitter<IPollEvents>().Point().AsTask();
        var id = _cluster.LastRequestId();
        Notify(11, id, "\"clientCount\":3");
        Notify(12, id, """ "packet":{"x":-1} """);
        Notify(12, id, """ "packet":{"x":7} """);
        Notify(12, id, """ "packet":null """);

        var acks = await asking;
        Assert.Equal([7, null], acks.Responses.Select(static point => point?.X));
        Assert.Equal(3, acks.Expected);
        Assert.False(acks.IsComplete);
        Assert.Equal(1, a.Bus.Statistics.Malformed);
    }

    [Fact]
    public async Task Where_nobody_asks_nothing_is_answered()
    {
        var a = await _cluster.StartNodeAsync("a");
        var handler = new PollHandler(1);
        await a.Bus.AddHandlerAsync<IPollEvents>(handler);
        _cluster.TakeNotifications();
        _cluster.Hub.Notify("""{"type":3,"data":{"packet":{"type":2,"data":["vote","tea?"]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"n1","nsp":"/"}""");
        await a.DrainAsync();
        Assert.Equal("vote tea?", await handler.Inbox.NextAsync());
        Assert.Empty(_cluster.TakeNotifications());
        Assert.Equal(0, a.Diagnostics.HandlerFailures.Value);
    }

    [Fact]
    public async Task Whoever_gives_up_leaves_nothing_open()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        using var giveUp = new CancellationTokenSource();
        var asking = a.Bus.Emitter<IPollEvents>().Vote("tea?", giveUp.Token).AsTask();
        Assert.Equal(1, a.Node.Adapter("/").OpenRequests);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        AssertNothingRemains(a);

        _cluster.TakeNotifications();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await a.Bus.Emitter<IPollEvents>().Vote("tea?", giveUp.Token));
        Assert.Empty(_cluster.TakeNotifications());
    }

    private void Notify(int type, string requestId, string data) =>
        _cluster.Hub.Notify($$$"""{"type":{{{type}}},"data":{"requestId":"{{{requestId}}}",{{{data}}}},"uid":"n1","nsp":"/"}""");

    private void AssertNothingRemains(TestNode node)
    {
        Assert.Equal(0, node.Node.Adapter("/").OpenRequests);
        Assert.Equal(_cluster.RunningNodes, _cluster.Time.Timers);
    }
}
