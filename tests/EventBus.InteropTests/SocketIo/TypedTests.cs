using System.Text.Json.Nodes;
using System.Threading.Channels;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>A typed contract on the .NET side, plain JavaScript on the other.</summary>
public sealed class TypedTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Date = new(2026, 2, 28, 23, 59, 58, 123, TimeSpan.FromHours(2));
    private const string DateInJavaScript = "2026-02-28T21:59:58.123Z";

    private readonly ClusterSite _site;
    private readonly EventBusOptions _options;
    private readonly NpgsqlDataSource _dataSource;

    public TypedTests(PostgresFixture postgres)
    {
        _site = new ClusterSite(postgres.ConnectionString);
        _options = _site.Options;
        _dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Typed_events_reach_clients(bool isPublisher)
    {
        await using var server = await _site.StartAsync(MemberKind.SocketIoServer);
        var plain = await server.ConnectAsync("/", new SocketSettings());
        var both = await server.ConnectAsync("/", new SocketSettings { Rooms = ["r1", "r2"] });
        await using var bus = await EventBusNode.StartAsync(_dataSource, _options, cancellationToken: Cancellation);
        await using var publisher = EventBusPublisher.Create(_dataSource, _options);
        var (node, emitter) = (bus.Emitter<IInteropEvents>(), publisher.Emitter<IInteropEvents>());

        await (isPublisher ? emitter.To("r1").Ping(Date, Cancellation) : node.To("r1").Ping(Date, Cancellation));
        await both.ReceivesAsync(ReceivedEvent.Of("ping", [DateInJavaScript]));
        var jpeg = new byte[] { 1, 2, 255 };
        await (isPublisher
            ? emitter.To("r2").Except("r3").Photo("Zoë", Date, jpeg, Cancellation)
            : node.To("r2").Except("r3").Photo("Zoë", Date, jpeg, Cancellation));
        await both.ReceivesAsync(ReceivedEvent.Of("photo", ["Zoë", DateInJavaScript, Json.Binary(1, 2, 255)]));
        var placed = new InteropOrder("Zoë 😀", 3, ["tea", "čaj"], null);
        await (isPublisher ? emitter.Order(placed, Cancellation) : node.Order(placed, Cancellation));
        var order = ReceivedEvent.Of(
            "order", [JsonNode.Parse("""{"customer":"Zoë 😀","count":3,"items":["tea","čaj"],"discount":null}""")]);
        await both.ReceivesAsync(order);
        await plain.ReceivesAsync(order);

        Assert.Equal(both.Expected, both.Received);
        Assert.Equal(plain.Expected, plain.Received);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Events_from_JavaScript_reach_typed_handlers(bool isEmitter)
    {
        await using var sender = await _site.StartAsync(isEmitter ? MemberKind.SocketIoEmitter : MemberKind.SocketIoServer);
        await using var bus = await EventBusNode.StartAsync(_dataSource, _options, cancellationToken: Cancellation);
        var handler = new RecordingHandler();
        await using var socket = await bus.AddHandlerAsync<IInteropEvents>(handler, ["typed"], Cancellation);
        var to = new To { Rooms = ["typed"] };

        await sender.EmitAsync("ping", [JavaScriptDate()], to);
        Assert.Equal($"ping {DateInJavaScript}", await handler.NextAsync(Cancellation));

        await sender.EmitAsync("photo", ["Zoë", JavaScriptDate(), Json.Binary(1, 2, 255)], to);
        Assert.Equal($"photo Zoë {DateInJavaScript} 0102ff", await handler.NextAsync(Cancellation));

        await sender.EmitAsync(
            "order", [JsonNode.Parse("""{"unknown":[{}],"items":["tea","čaj"],"discount":0.5,"count":3,"customer":"Zoë 😀"}""")], to);
        Assert.Equal("order Zoë 😀 3 tea,čaj 0.5", await handler.NextAsync(Cancellation));
    }

    private static JsonObject JavaScriptDate() => new() { ["$date"] = DateInJavaScript };

    private sealed class RecordingHandler : IInteropEvents
    {
        private readonly Channel<string> _received = Channel.CreateUnbounded<string>();

        public ValueTask<string> NextAsync(CancellationToken cancellationToken) => _received.Reader.ReadAsync(cancellationToken);

        public void Ping(DateTimeOffset at) => Assert.True(_received.Writer.TryWrite($"ping {Iso(at)}"));

        public ValueTask Photo(string user, DateTimeOffset takenAt, ReadOnlyMemory<byte> jpeg) =>
            _received.Writer.WriteAsync($"photo {user} {Iso(takenAt)} {Convert.ToHexStringLower(jpeg.Span)}");

        public ValueTask Order(InteropOrder order) =>
            _received.Writer.WriteAsync(
                FormattableString.Invariant($"order {order.Customer} {order.Count} {string.Join(',', order.Items)} {order.Discount}"));

        private static string Iso(DateTimeOffset date) =>
            date.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
    }
}
