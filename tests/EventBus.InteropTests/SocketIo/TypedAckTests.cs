using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.SocketIo;

/// <summary>
/// Acknowledged events of a contract, from .NET to JavaScript and from JavaScript to .NET. That IsComplete is true is not asserted: it is
/// false if the process stood still meanwhile.
/// </summary>
public sealed class TypedAckTests(PostgresFixture postgres)
{
    private const string DateInJavaScript = "2026-02-28T21:59:58.123Z";
    private static readonly DateTimeOffset Date = new(2026, 2, 28, 23, 59, 58, 123, TimeSpan.FromHours(2));
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly string Story = new('é', 20_000);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Clients_of_a_server_acknowledge_typed_events()
    {
        await using var cluster = await MixedCluster.StartAsync(postgres, Cancellation);
        var emitter = cluster.Bus.Emitter<IPollEvents>();
        var voter = await ConnectAsync(cluster, 7, "vote");
        await ConnectAsync(cluster, 3, "vote", "three");
        var finder = await ConnectAsync(
            cluster, JsonNode.Parse("""{"unknown":[{}],"items":["tea","čaj"],"count":3,"customer":"Zoë 😀"}"""), "find");
        var signer = await ConnectAsync(cluster, Json.Binary(0, 255), "sign");
        await ConnectAsync(cluster, Story, "tell");

        var votes = await emitter.To("vote").WithTimeout(Patience).Vote("čaj?", Cancellation);
        Assert.Equal([3, 7], votes.Responses.Order());
        AssertAllHaveAcknowledged(2, votes);
        await voter.ReceivesAsync(ReceivedEvent.Of("vote", ["čaj?"]));

        votes = await emitter.To("vote").Except("three").WithTimeout(Patience).Vote("tea?", Cancellation);
        Assert.Equal([7], votes.Responses);
        AssertAllHaveAcknowledged(1, votes);

        var found = Assert.Single((await emitter.To("find").WithTimeout(Patience).Find("Zoë", Date, Cancellation)).Responses);
        Assert.Equal(("Zoë 😀", 3, null), (found!.Customer, found.Count, found.Discount));
        Assert.Equal(["tea", "čaj"], found.Items);
        await finder.ReceivesAsync(ReceivedEvent.Of("find", ["Zoë", DateInJavaScript]));

        var signed = await emitter.To("sign").WithTimeout(Patience).Sign(new byte[] { 1, 2 }, Cancellation);
        Assert.Equal([0, 255], Assert.Single(signed.Responses).ToArray());
        await signer.ReceivesAsync(ReceivedEvent.Of("sign", [Json.Binary(1, 2)]));

        var told = new List<string>();
        var stream = emitter.To("tell").WithTimeout(Patience).Stream.Tell("once upon a time");
        await foreach (var story in stream.WithCancellation(Cancellation))
            told.Add(story);
        Assert.Equal([Story], told);
        Assert.Equal((1, false), (stream.Expected, stream.IsTimedOut));
        Assert.Empty(stream.Missing);
    }

    [Fact(Timeout = 120_000)]
    public async Task Acks_of_undefined_null_and_another_type_are_handled()
    {
        await using var cluster = await MixedCluster.StartAsync(postgres, Cancellation);
        var emitter = cluster.Bus.Emitter<IPollEvents>();
        await ConnectAsync(cluster, new JsonObject { ["$undefined"] = true }, "undefined");
        await ConnectAsync(cluster, new JsonObject { ["$date"] = DateInJavaScript }, "date");
        await ConnectAsync(cluster, "seven", "text");
        await ConnectAsync(cluster, reply: null, "silent");

        var adjourned = await emitter.To("undefined", "date").WithTimeout(Patience).Adjourned(Cancellation);
        Assert.Equivalent(new DateTimeOffset?[] { null, Date }, adjourned.Responses);
        AssertAllHaveAcknowledged(2, adjourned);

        // An unreadable ack is not awaited any more; an absent one is.
        var votes = await emitter.To("text").WithTimeout(Patience).Vote("tea?", Cancellation);
        Assert.Empty(votes.Responses);
        Assert.Equal((1, false, false), (votes.Expected, votes.IsComplete, votes.IsTimedOut));
        votes = await emitter.To("silent").WithTimeout(TimeSpan.FromSeconds(2)).Vote("tea?", Cancellation);
        Assert.Empty(votes.Responses);
        Assert.Equal((1, false, true), (votes.Expected, votes.IsComplete, votes.IsTimedOut));
    }

    [Fact(Timeout = 120_000)]
    public async Task Typed_handlers_acknowledge_events_of_a_server()
    {
        await using var cluster = await MixedCluster.StartAsync(postgres, Cancellation);
        var server = cluster.Server;
        await using var first = await cluster.Bus.AddHandlerAsync<IPollEvents>(new Voter(7), ["poll", "first"], Cancellation);
        await using var second = await cluster.Bus.AddHandlerAsync<IPollEvents>(new Voter(3), ["poll"], Cancellation);
        await ConnectAsync(cluster, 5, "poll");

        var votes = await server.EmitWithAckAsync("vote", ["čaj?"], new To { Rooms = ["poll"] });
        AssertAcks("[7,3,5]", votes);
        AssertAcks("[3,5]", await server.EmitWithAckAsync("vote", ["tea?"], new To { Rooms = ["poll"], Except = ["first"] }));

        var to = new To { Rooms = ["first"] };
        AssertAcks(
            """[{"customer":"Zoë of 2026-02-28T21:59:58.123Z","count":7,"items":["čaj"],"discount":null}]""",
            await server.EmitWithAckAsync("find", ["Zoë", new JsonObject { ["$date"] = DateInJavaScript }], to));
        AssertAcks("""[{"$bin":"07010203"}]""", await server.EmitWithAckAsync("sign", [Json.Binary(1, 2, 3)], to));
        AssertAcks($"[\"{Story}\"]", await server.EmitWithAckAsync("tell", ["once upon a time"], to));
        AssertAcks("[null]", await server.EmitWithAckAsync("adjourned", to: to));

        // One socket on any node, which the reference fetches first: its promise, not its callback.
        Assert.Equal(3, (await server.RemoteEmitWithAckAsync(second.Id, "vote", ["tea?"])).GetInt32());
        Assert.Equal("""{"$bin":"0301"}""", (await server.RemoteEmitWithAckAsync(second.Id, "sign", [Json.Binary(1)])).GetRawText());
    }

    [Fact(Timeout = 120_000)]
    public async Task Typed_handler_that_throws_or_cannot_decode_sends_no_ack()
    {
        await using var cluster = await MixedCluster.StartAsync(postgres, Cancellation);
        await using var socket = await cluster.Bus.AddHandlerAsync<IPollEvents>(new Voter(7), ["poll"], Cancellation);
        await ConnectAsync(cluster, 5, "poll");

        foreach (var question in (JsonNode[])["throw", 7])
        {
            var votes = await cluster.Server.EmitWithAckAsync("vote", [question], new To { Rooms = ["poll"] }, timeoutMs: 3000);
            Json.AssertHolds("[5]", votes.GetProperty("responses"));
            Assert.True(votes.GetProperty("timedOut").GetBoolean(), "A socket that has not acknowledged was not missed.");
        }

        AssertAcks("[7,5]", await cluster.Server.EmitWithAckAsync("vote", ["tea?"], new To { Rooms = ["poll"] }));
    }

    [Fact(Timeout = 120_000)]
    public async Task Nodes_of_both_kinds_acknowledge_server_side_events()
    {
        await using var cluster = await MixedCluster.StartAsync(postgres, Cancellation);
        var (server, nodes) = (cluster.Server, cluster.Bus.Emitter<IPollEvents>().ServerSide.WithTimeout(Patience));
        cluster.Bus.HandleServerSide<IPollEvents>(new Voter(7));
        await server.OnServerSideAsync("vote", 5);
        await server.OnServerSideAsync("sign", Json.Binary(0, 255));
        await server.OnServerSideAsync("tell", Story);

        var votes = await nodes.Vote("restart?", Cancellation);
        Assert.Equal([new ServerSideAck<int>(server.Uid, 5)], votes.Responses);
        Assert.False(votes.IsTimedOut);
        Assert.Empty(votes.Missing);
        Assert.Equal("""["restart?"]""", (await server.ServerSideAsync("vote")).GetRawText());
        Assert.Equal([0, 255], Assert.Single((await nodes.Sign(new byte[] { 1 }, Cancellation)).Responses).Value.ToArray());
        Assert.Equal(Story, Assert.Single((await nodes.Tell(Story, Cancellation)).Responses).Value);

        Assert.Equal("[7]", (await server.ServerSideEmitWithAckAsync("vote", ["restart?"])).GetProperty("responses").GetRawText());
        Assert.Equal(
            """[{"$bin":"0709"}]""",
            (await server.ServerSideEmitWithAckAsync("sign", [Json.Binary(9)])).GetProperty("responses").GetRawText());
        Json.AssertHolds($"[\"{Story}\"]", (await server.ServerSideEmitWithAckAsync("tell", [Story])).GetProperty("responses"));
    }

    private static Task<MemberSocket> ConnectAsync(MixedCluster cluster, JsonNode? reply, params string[] rooms) =>
        cluster.Server.ConnectAsync("/", new SocketSettings { Rooms = rooms, Reply = reply });

    private static void AssertAllHaveAcknowledged<T>(int sockets, Acks<T> acks)
    {
        Assert.False(acks.IsTimedOut);
        Assert.Empty(acks.Missing);
        Assert.Equal((sockets, sockets), (acks.Expected, acks.Responses.Count));
    }

    private static void AssertAcks(string expected, JsonElement acks)
    {
        Json.AssertHolds(expected, acks.GetProperty("responses"));
        Assert.False(acks.GetProperty("timedOut").GetBoolean(), "A socket has not acknowledged.");
    }

    private sealed class Voter(byte vote) : IPollEvents
    {
        public ValueTask<int> Vote(string question) =>
            question == "throw" ? throw new InvalidOperationException("This voter does not vote.") : new(vote);

        public async Task<InteropOrder?> Find(string customer, DateTimeOffset since)
        {
            await Task.Yield();
            return new InteropOrder($"{customer} of {since.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}", vote, ["čaj"], null);
        }

        public ValueTask<ReadOnlyMemory<byte>> Sign(ReadOnlyMemory<byte> document) => new((byte[])[vote, .. document.Span]);

        public Task<string> Tell(string story) => Task.FromResult(Story);

        public ValueTask<DateTimeOffset?> Adjourned() => default;
    }
}
