using System.Text;
using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>Nodes and publishers over a real PostgreSQL. Each test has its own channels and table.</summary>
public sealed class ClusterTests(DatabaseFixture database) : IAsyncLifetime
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];
    private NpgsqlDataSource _dataSource = null!;

    public ValueTask InitializeAsync()
    {
        _dataSource = database.Server.CreateDataSource();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();

    [Fact]
    public async Task Emit_and_Post_inline_and_attached_arrive_in_one_order()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var publisher = EventBusPublisher.Create(_dataSource, Options());
        var (a, b) = (new StockHandler(), new StockHandler());
        await first.AddHandlerAsync<IStockEvents>(a, ["r1"]);
        await second.AddHandlerAsync<IStockEvents>(b, ["r1"]);
        var emitter = publisher.Emitter<IStockEvents>();

        const int events = 2000;
        var emits = new List<Task>();
        for (var i = 0; i < events; i++)
        {
            if (i % 3 == 1)
                emits.Add(emitter.To("r1").Chart(i, new byte[i * 10]).AsTask());
            else if (i % 3 == 2)
                Assert.True(emitter.To("r1").Post.Price(i, "posted"));
            else
                emits.Add(emitter.To("r1").Price(i, "awaited").AsTask());
        }

        await Task.WhenAll(emits);
        await a.UntilCountAsync(events);
        await b.UntilCountAsync(events);
        Assert.Equal(Enumerable.Range(0, events), a.Numbers);
        Assert.Equal(Enumerable.Range(0, events), b.Numbers);
        Assert.Equal(0, first.Statistics.Lost + second.Statistics.Lost);
        await publisher.DisposeAsync(); // A second call does nothing.
    }

    [Theory]
    [InlineData(7999, false)]
    [InlineData(8000, true)]
    public async Task Emit_notification_from_8000_bytes_is_attached(int bytes, bool attached)
    {
        await using var sender = await StartAsync();
        await using var receiver = await StartAsync();
        var handler = new StockHandler();
        await receiver.AddHandlerAsync<IStockEvents>(handler);
        var payloads = new List<string>();
        await using var listener = await _dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        listener.Notification += (_, notification) => payloads.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{_unique}#/\"", listener))
            await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        // The first event shows the length of a notification without its text. The numbers of both events have one digit.
        var emitter = sender.Emitter<IStockEvents>();
        await emitter.Price(1, "é");
        while (!payloads.Any(payload => payload.Contains("price", StringComparison.Ordinal)))
            await listener.WaitAsync(TestContext.Current.CancellationToken);
        var besides = Encoding.UTF8.GetByteCount(payloads.Single(payload => payload.Contains("price", StringComparison.Ordinal))) - 2;
        payloads.Clear();
        await emitter.Price(2, "é" + new string('x', bytes - besides - 2));
        await handler.UntilCountAsync(2);

        while (!payloads.Any(payload => payload.Contains("\"type\":3", StringComparison.Ordinal)))
            await listener.WaitAsync(TestContext.Current.CancellationToken);
        var event2 = payloads.Single(payload => payload.Contains("\"type\":3", StringComparison.Ordinal));
        Assert.Equal(attached, event2.Contains("attachmentId", StringComparison.Ordinal));
        Assert.Equal(attached ? 1 : 0, sender.Statistics.Attached);
        if (!attached)
            Assert.Equal(bytes, Encoding.UTF8.GetByteCount(event2));
    }

    [Fact]
    public async Task Emit_one_megabyte_of_binary_arrives_whole()
    {
        await using var sender = await StartAsync();
        await using var receiver = await StartAsync();
        var image = new byte[1024 * 1024];
        new Random(1).NextBytes(image);
        var received = new TaskCompletionSource<ReadOnlyMemory<byte>>();
        await receiver.Of().ConnectAsync(new SocketOptions(), socket => socket.On("chart", arguments =>
        {
            received.SetResult(arguments[1].GetBinary());
            return ValueTask.CompletedTask;
        }));
        await sender.Emitter<IStockEvents>().Chart(1, image);
        Assert.True((await received.Task.WaitAsync(TimeSpan.FromSeconds(60))).Span.SequenceEqual(image));
    }

    [Fact]
    public async Task Of_other_namespace_receives_only_its_own_events()
    {
        await using var sender = await StartAsync();
        await using var receiver = await StartAsync();
        var (chat, main) = (new TaskCompletionSource<string>(), new TaskCompletionSource<string>());
        await receiver.Of("/chat").ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            chat.TrySetResult(name);
            return ValueTask.CompletedTask;
        }));
        await receiver.Of().ConnectAsync(new SocketOptions(), socket => socket.OnAny((name, _) =>
        {
            main.TrySetResult(name);
            return ValueTask.CompletedTask;
        }));

        await sender.Of("/other").All.EmitAsync("other");
        await sender.Of("/chat").All.EmitAsync("chat");
        await sender.Of().All.EmitAsync("main");
        Assert.Equal("chat", await chat.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("main", await main.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    private Task<IEventBus> StartAsync() => EventBusNode.StartAsync(_dataSource, Options());

    private EventBusOptions Options() => new() { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };
}
