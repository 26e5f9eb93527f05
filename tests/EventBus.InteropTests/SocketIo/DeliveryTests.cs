using System.Text.Json;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.SocketIo;

/// <summary>Every kind of sender against every kind of receiver, in one cluster with a real Socket.IO server.</summary>
public sealed class DeliveryTests(PostgresFixture postgres)
{
    private static readonly string[] Everyone = [.. InteropCluster.Names("/")];

    private static readonly Emission[] Targets =
    [
        new("everyone", "[]", Everyone),
        new("room", "[1]", "one", "both") { Rooms = ["r1"] },
        new("union", "[1]", "one", "two", "both") { Rooms = ["r1", "r2"] },
        new("unicode-room", "[1]", "both") { Rooms = ["späť 😀"] },
        new("nobody", "[1]") { Rooms = ["r1 "] },
        new("except", "[1]", "one") { Rooms = ["r1"], Except = ["r2"] },
        new("everyone-except", "[1]", "plain", "two") { Except = ["r1"] },
        new("except-all", "[1]", "plain") { Except = ["r1", "r2"] },
        new("volatile", "[1]", "one", "both") { Rooms = ["r1"], Volatile = true },
        new("compressed", "[1]", "two", "both") { Rooms = ["r2"], Compress = true },
        new("uncompressed", "[1]", "two", "both") { Rooms = ["r2"], Compress = false, Volatile = true },
        new("attached-room", """[{"$bin":"00ff10"}]""", "one", "both") { Rooms = ["r1"] },
        new("attached-except", """[{"$bin":"00ff10"}]""", "one") { Rooms = ["r1"], Except = ["r2"], Compress = true },
        new("namespace", "[1]", "chat") { Nsp = "/chat" },
        new("namespace-room", "[1]", "chat") { Nsp = "/chat", Rooms = ["r1"] },
        new("namespace-other-room", "[1]") { Nsp = "/chat", Rooms = ["r2"] },
        new("namespace-attached", """[{"$bin":""}]""", "chat") { Nsp = "/chat" },
    ];

    private static readonly Emission[] Values =
    [
        new("none", "[]", Everyone),
        new("simple", """[null,true,false,"",[],{}]""", Everyone),
        new("integers", "[0,1,-1,127,128,255,256,65535,65536,4294967295,4294967296,-129,-32769,-2147483649,9007199254740991,-9007199254740991]", Everyone),
        new("fractions", "[1.5,-0.1,1e21,1.7976931348623157e308,5e-324,123456.789]", Everyone),
        new("text", """["é","žluťoučký kůň","😀👩‍👩‍👧","汉字","\"\\/\b\f\n\r\t\u0001","\u2028\u2029"]""", Everyone),
        new("nested", """[{"a":{"b":[1,"2",{"c":null}]},"é 😀":[[[]]]},[1,[2,[3]]]]""", Everyone),
        new("binary", """[{"$bin":"00ff"},{"name":"x","parts":[{"$bin":""},{"$bin":"deadbeef"}]},"and text"]""", Everyone),
        new("attached-numbers", """[{"$bin":"01"},0,-1,128,-129,65536,4294967296,9007199254740991,-9007199254740991,1.5,-0.1]""", Everyone),
        new("attached-text", """[{"$bin":"01"},"é😀汉字",null,true,{"é":[{}]}]""", Everyone),
        new("large-binary", $$"""[{"$bin":"{{Convert.ToHexStringLower(Pattern(1024 * 1024))}}"}]""", Everyone),
        new("large-text", $$"""["{{string.Concat(Enumerable.Repeat("é😀x", 5000))}}"]""", Everyone),
    ];

    [Theory(Timeout = 120_000)]
    [InlineData(Sender.DotNetNode)]
    [InlineData(Sender.DotNetPublisher)]
    [InlineData(Sender.NodeServer)]
    [InlineData(Sender.NodeEmitter)]
    public Task Events_reach_exactly_their_targets(Sender sender) => EmissionsArriveAsync(sender, Targets);

    [Theory(Timeout = 120_000)]
    [InlineData(Sender.DotNetNode)]
    [InlineData(Sender.DotNetPublisher)]
    [InlineData(Sender.NodeServer)]
    [InlineData(Sender.NodeEmitter)]
    public Task Values_arrive_as_they_were_sent(Sender sender) => EmissionsArriveAsync(sender, Values);

    private async Task EmissionsArriveAsync(Sender sender, Emission[] emissions)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await InteropCluster.StartAsync(postgres, cancellation);
        Emission[] ends = [new("end", "[]", Everyone), new("end", "[]", [.. InteropCluster.Names("/chat")]) { Nsp = "/chat" }];

        // One after another: a Socket.IO server does not keep the order of small and attached events.
        var expected = new Dictionary<string, List<string>>();
        foreach (var emission in (Emission[])[.. emissions, .. ends])
        {
            await cluster.EmitAsync(sender, emission, cancellation);
            foreach (var receiver in InteropCluster.Receivers(sender, emission))
            {
                var arrived = await cluster.WaitForAsync(receiver, emission.Event, cancellation);
                using var sent = JsonDocument.Parse(emission.Args);
                Assert.True(JsonElement.DeepEquals(sent.RootElement, arrived), $"{receiver} got other arguments of '{emission.Event}': {Start(arrived.GetRawText())}");
                (expected.TryGetValue(receiver, out var names) ? names : expected[receiver] = []).Add(emission.Event);
            }
        }

        Assert.NotEmpty(expected);
        foreach (var (receiver, names) in expected)
            Assert.Equal(names, cluster.Received(receiver));
        Assert.DoesNotContain(cluster.Log.All, static report => ReportLog.IsOf(report, "error"));
        Assert.Equal(0, cluster.Bus.Statistics.Lost + cluster.Bus.Statistics.Dropped + cluster.Bus.Statistics.Malformed);
    }

    private static byte[] Pattern(int length)
    {
        var bytes = new byte[length];
        for (var index = 0; index < length; index++)
            bytes[index] = (byte)(index * 31 >> 3);
        return bytes;
    }

    private static string Start(string text) => text.Length <= 300 ? text : $"{text[..300]}…";
}
