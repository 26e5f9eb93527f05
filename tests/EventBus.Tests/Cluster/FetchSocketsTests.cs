namespace EventBus.Tests.Cluster;

public sealed class FetchSocketsTests
{
    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task FetchSockets_returns_rooms_data_and_handshakes_of_all_nodes()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var handshake = EventValue.FromMap(KeyValuePair.Create<string, EventValue>("auth", "secret"));
        var photo = EventValue.FromMap(KeyValuePair.Create<string, EventValue>("photo", new byte[] { 1, 2 }));
        await ConnectAsync(a, new SocketOptions { Id = "here", Rooms = ["r1"] });
        await ConnectAsync(b, new SocketOptions { Id = "there", Rooms = ["r1"], Data = photo, Handshake = handshake });
        await ConnectAsync(b, new SocketOptions { Id = "large", Rooms = ["r1"], Data = new string('é', 9000) });
        await ConnectAsync(b, new SocketOptions { Id = "no", Rooms = ["r1", "r2"] });
        await ConnectAsync(b, new SocketOptions { Id = "outside" });

        var fetched = await a.Bus.Of().To("r1").Except("r2").FetchSocketsAsync();

        Assert.True(fetched.IsComplete);
        Assert.Equal(["here", "there", "large"], fetched.Sockets.Select(socket => socket.Id));
        Assert.Equal(["there", "r1"], fetched.Sockets[1].Rooms);
        Assert.Equal([EventValue.FromMap(), photo, new string('é', 9000)], fetched.Sockets.Select(socket => socket.Data));
        Assert.Equal([EventValue.FromMap(), handshake, EventValue.FromMap()], fetched.Sockets.Select(socket => socket.Handshake));
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task FetchSockets_redacts_handshakes_in_responses_and_results()
    {
        var handshake = EventValue.FromMap(KeyValuePair.Create<string, EventValue>("auth", "secret"));
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b", redactHandshakes: true);
        await ConnectAsync(a, new SocketOptions { Id = "open", Handshake = handshake });
        await ConnectAsync(b, new SocketOptions { Id = "redacted", Handshake = handshake });

        Assert.Equal([handshake, EventValue.FromMap()], await HandshakesAsync(a));
        Assert.Equal([EventValue.FromMap(), EventValue.FromMap()], await HandshakesAsync(b));
        Assert.DoesNotContain(
            "secret",
            string.Concat(_cluster.Hub.TakeNotifications().Where(text => text.Contains("\"uid\":\"b\"", StringComparison.Ordinal))),
            StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => ConnectAsync(a, new SocketOptions { Handshake = "text" }));
    }

    [Fact]
    public async Task RemoteSocket_reaches_its_socket_on_any_node()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var (there, inbox) = await b.ConnectAsync();
        var (other, others) = await b.ConnectAsync();
        var socket = Assert.Single((await a.Bus.Of().To(there.Id).FetchSocketsAsync()).Sockets);
        _cluster.TakeNotifications();

        await socket.EmitAsync("e", new EventValue[] { 1 });
        await socket.JoinAsync(["r1", "r2"]);
        await socket.LeaveAsync(["r2"]);
        Assert.Equal([there.Id, "r1"], there.Rooms);
        await socket.DisconnectAsync();

        Assert.Equal("e(1)", await inbox.NextAsync());
        Assert.False(there.IsConnected);
        Assert.True(other.IsConnected);
        Assert.Equal(0, others.Count);
        Assert.All(
            _cluster.Hub.TakeNotifications(),
            text => Assert.Contains("\"flags\":{\"expectSingleResponse\":true}", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task FetchSockets_waits_for_a_silent_node_and_lists_it_as_missing()
    {
        var a = await _cluster.StartNodeAsync("a");
        await _cluster.StartNodeAsync("b");
        var c = await _cluster.StartNodeAsync("c");
        c.Transport.IsCutOff = true;

        var fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        Assert.False(fetching.IsCompleted);
        _cluster.Time.Advance(TestCluster.RequestsTimeout);

        var fetched = await fetching;
        Assert.Equal(["c"], fetched.Missing);
        Assert.False(fetched.IsComplete);
        await AssertNothingRemainsAsync(a);

        fetching = a.Bus.Of().All.FetchSocketsAsync(TimeSpan.FromMilliseconds(100)).AsTask();
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["c"], (await fetching).Missing);
        Assert.Contains("\"flags\":{\"timeout\":100}", _cluster.Hub.TakeNotifications()[^2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task FetchSockets_stops_waiting_for_a_node_that_left_or_died()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        b.Transport.IsCutOff = true;
        var fetching = a.Bus.Of().All.FetchSocketsAsync(TimeSpan.FromHours(1)).AsTask();
        _cluster.Hub.Notify("""{"type":13,"uid":"b","nsp":"/"}""");
        Assert.Equal(["b"], (await fetching).Missing);

        _cluster.Hub.Notify("""{"type":2,"uid":"dying","nsp":"/"}""");
        fetching = a.Bus.Of().All.FetchSocketsAsync(TimeSpan.FromHours(1)).AsTask();
        _cluster.AdvanceInSteps(TestCluster.HeartbeatTimeout + TimeSpan.FromSeconds(2));
        Assert.Equal(["dying"], (await fetching).Missing);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task FetchSockets_accepts_one_response_of_each_requested_node()
    {
        var a = await _cluster.StartNodeAsync("a");
        foreach (var uid in (string[])["n1", "n2"])
            _cluster.Hub.Notify($$"""{"type":2,"uid":"{{uid}}","nsp":"/"}""");
        _cluster.Hub.TakeNotifications();
        var fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();
        var id = _cluster.LastRequestId();

        Respond("stranger", id, "forged");
        Respond("emitter", id, "forged");
        Respond("n1", "0123456789abcdef", "forged");
        _cluster.Hub.Notify($$$"""{"type":10,"data":{"requestId":"{{{id}}}","packet":1},"uid":"n1","nsp":"/"}""");
        Respond("n1", id, "first");
        Respond("n1", id, "again");
        Assert.False(fetching.IsCompleted);
        Respond("n2", id, "second");
        Respond("n2", id, "late");

        var fetched = await fetching;
        Assert.Equal(["first", "second"], fetched.Sockets.Select(socket => socket.Id));
        Assert.True(fetched.IsComplete);
        Assert.Equal(5, a.Diagnostics.IgnoredResponses.Value); // All but the one to a request of another node.
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task Open_requests_end_with_the_bus_and_by_cancellation()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        using var cancelling = new CancellationTokenSource();
        var cancelled = a.Bus.Of().All.FetchSocketsAsync(cancellationToken: cancelling.Token).AsTask();
        var fetching = a.Bus.Of().All.FetchSocketsAsync().AsTask();

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        await a.Bus.DisposeAsync();

        await Assert.ThrowsAsync<EventBusClosedException>(() => fetching);
        await Assert.ThrowsAsync<EventBusClosedException>(async () => await a.Bus.Of().All.FetchSocketsAsync());
        Assert.Equal(0, a.Node.Adapter("/").OpenRequests);
        await _cluster.Time.AssertTimersAsync(0);
    }

    [Fact]
    public async Task FetchSockets_throws_at_once_if_it_is_not_published()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"n1","nsp":"/"}""");
        _cluster.Hub.IsDown = true;
        await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.FetchSocketsAsync());
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task FetchSockets_throws_when_too_many_requests_are_open()
    {
        var a = await _cluster.StartNodeAsync("a");
        _cluster.Hub.Notify("""{"type":2,"uid":"silent","nsp":"/"}""");
        var open = Enumerable.Range(0, EventBus.Cluster.RequestTable.MaxRequests)
            .Select(_ => a.Bus.Of().All.FetchSocketsAsync().AsTask())
            .ToArray();
        Assert.Equal(open.Length, a.Node.Adapter("/").OpenRequests);

        var rejected = await Assert.ThrowsAsync<EventNotSentException>(async () => await a.Bus.Of().All.FetchSocketsAsync());
        Assert.True(rejected.IsTransient);

        _cluster.Hub.Notify("""{"type":13,"uid":"silent","nsp":"/"}""");
        await Task.WhenAll(open);
        await AssertNothingRemainsAsync(a);
    }

    [Fact]
    public async Task FetchSockets_names_the_reason_of_a_node_whose_response_is_too_large()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        EventValue data = new string('x', 1024 * 1024); // All sockets share it.
        for (var i = 0; i <= EventBusDefaults.MaxMessageBytes / (1024 * 1024); i++)
            await ConnectAsync(b, new SocketOptions { Data = data });
        await ConnectAsync(a, new SocketOptions { Id = "here" });

        var fetched = await a.Bus.Of().All.FetchSocketsAsync();

        Assert.Equal("here", Assert.Single(fetched.Sockets).Id);
        Assert.Equal(["b"], fetched.Missing);
        Assert.False(fetched.IsComplete);
        var (uid, reason) = Assert.Single(fetched.Failures);
        Assert.Equal("b", uid);
        Assert.Contains($"{EventBusDefaults.MaxMessageBytes}", reason, StringComparison.Ordinal);
        Assert.Equal((1, 1), (b.Logger.Count(307), a.Logger.Count(341)));

        // A Socket.IO server would take the reason for an empty list.
        _cluster.TakeNotifications();
        _cluster.Hub.Notify(
            """{"type":7,"data":{"opts":{"rooms":[],"except":["here"]},"requestId":"0123456789abcdef"},"uid":"n1","nsp":"/"}""");
        Assert.DoesNotContain(_cluster.TakeNotifications(), static notification => notification is ("b", 8, _));
    }

    [Fact]
    public async Task FetchSockets_joins_the_namespace_first()
    {
        var a = await _cluster.StartNodeAsync("a");
        var b = await _cluster.StartNodeAsync("b");
        var connecting = b.ConnectAsync(busNamespace: "/chat");
        await _cluster.CompleteAsync(connecting);
        var fetching = a.Bus.Of("/chat").All.FetchSocketsAsync(TimeSpan.FromHours(1)).AsTask();
        await _cluster.CompleteAsync(fetching);
        Assert.Single((await fetching).Sockets);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(2147483648d)]
    public async Task WithTimeout_rejects_zero_and_out_of_range(double milliseconds)
    {
        var a = await _cluster.StartNodeAsync("a");
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await a.Bus.Of().All.FetchSocketsAsync(TimeSpan.FromMilliseconds(milliseconds)));
    }

    private static async Task<IEnumerable<EventValue>> HandshakesAsync(TestNode node) =>
        (await node.Bus.Of().All.FetchSocketsAsync()).Sockets.Select(static socket => socket.Handshake);

    private static Task<LocalSocket> ConnectAsync(TestNode node, SocketOptions options) =>
        node.Bus.Of().ConnectAsync(options, _ => { }).AsTask();

    private void Respond(string uid, string requestId, string socketId) => _cluster.Hub.Notify(
        $$$"""{"type":8,"data":{"requestId":"{{{requestId}}}","sockets":[{"id":"{{{socketId}}}","handshake":{},"rooms":[]"""
        + $$$""","data":{}}]},"uid":"{{{uid}}}","nsp":"/"}""");

    private async Task AssertNothingRemainsAsync(TestNode node)
    {
        Assert.Equal(0, node.Node.Adapter("/").OpenRequests);
        await _cluster.Time.AssertTimersAsync(_cluster.RunningNodes);
    }
}
