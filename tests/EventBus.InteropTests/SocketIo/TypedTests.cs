using System.Text.Json;
using System.Threading.Channels;

namespace EventBus.InteropTests.SocketIo;

/// <summary>A typed contract on the .NET side, JavaScript on the other.</summary>
public sealed class TypedTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Date = new(2026, 2, 28, 23, 59, 58, 123, TimeSpan.FromHours(2));
    private const string DateInJavaScript = "2026-02-28T21:59:58.123Z";

    [Fact(Timeout = 120_000)]
    public async Task Typed_events_reach_clients()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await InteropCluster.StartAsync(postgres, cancellation);

        foreach (var emitter in (Emitter<IInteropEvents>[])[cluster.Bus.Emitter<IInteropEvents>(), cluster.Publisher.Emitter<IInteropEvents>()])
        {
            await emitter.To("r1").Ping(Date, cancellation);
            await emitter.To("r2").Except("r1").Photo("Zoë", Date, new byte[] { 1, 2, 255 }, cancellation);
            await emitter.All.Order(new InteropOrder("Zoë 😀", 3, ["tea", "čaj"], null), cancellation);
        }

        await AssertArrivesAsync("node.one", "ping", $"""["{DateInJavaScript}"]""");
        await AssertArrivesAsync("node.two", "photo", $$"""["Zoë","{{DateInJavaScript}}",{"$bin":"0102ff"}]""");
        await AssertArrivesAsync("node.plain", "order", """[{"customer":"Zoë 😀","count":3,"items":["tea","čaj"],"discount":null}]""");
        await AssertArrivesAsync("node.both", "order", """[{"customer":"Zoë 😀","count":3,"items":["tea","čaj"],"discount":null}]""");
        Assert.Equal(["order", "order"], cluster.Received("node.plain"));
        Assert.Equal(["ping", "order", "ping", "order"], cluster.Received("node.both"));

        async Task AssertArrivesAsync(string receiver, string name, string arguments)
        {
            using var expected = JsonDocument.Parse(arguments);
            var both = await cluster.Log.WaitAsync(
                reports => reports.Where(report => report.GetProperty("socket").ValueEquals(receiver) && report.GetProperty("name").ValueEquals(name)).ToArray() is { Length: 2 } found
                    ? found
                    : null,
                cancellation);
            Assert.All(both, report => Assert.True(JsonElement.DeepEquals(expected.RootElement, report.GetProperty("args")), report.GetRawText()));
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData(Sender.NodeServer)]
    [InlineData(Sender.NodeEmitter)]
    public async Task Events_from_JavaScript_reach_typed_handlers(Sender sender)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await InteropCluster.StartAsync(postgres, cancellation);
        var handler = new RecordingHandler();
        await using var socket = await cluster.Bus.AddHandlerAsync<IInteropEvents>(handler, ["typed"], cancellation);

        await cluster.EmitAsync(sender, new Emission("ping", $$"""[{"$date":"{{DateInJavaScript}}"}]""") { Rooms = ["typed"] }, cancellation);
        Assert.Equal($"ping {DateInJavaScript}", await handler.NextAsync(cancellation));

        await cluster.EmitAsync(sender, new Emission("photo", $$"""["Zoë",{"$date":"{{DateInJavaScript}}"},{"$bin":"0102ff"}]""") { Rooms = ["typed"] }, cancellation);
        Assert.Equal($"photo Zoë {DateInJavaScript} 0102ff", await handler.NextAsync(cancellation));

        await cluster.EmitAsync(
            sender,
            new Emission("order", """[{"unknown":[{}],"items":["tea","čaj"],"discount":0.5,"count":3,"customer":"Zoë 😀"}]""") { Rooms = ["typed"] },
            cancellation);
        Assert.Equal("order Zoë 😀 3 tea,čaj 0.5", await handler.NextAsync(cancellation));
    }

    private sealed class RecordingHandler : IInteropEvents
    {
        private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

        public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _received.Reader.ReadAsync(cancellationToken);

        public void Ping(DateTimeOffset at) => Assert.True(_received.Writer.TryWrite($"ping {Iso(at)}"));

        public ValueTask Photo(string user, DateTimeOffset takenAt, ReadOnlyMemory<byte> jpeg) =>
            _received.Writer.WriteAsync($"photo {user} {Iso(takenAt)} {Convert.ToHexStringLower(jpeg.Span)}");

        public ValueTask Order(InteropOrder order) =>
            _received.Writer.WriteAsync(FormattableString.Invariant($"order {order.Customer} {order.Count} {string.Join(',', order.Items)} {order.Discount}"));

        private static string Iso(DateTimeOffset date) => date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }
}
