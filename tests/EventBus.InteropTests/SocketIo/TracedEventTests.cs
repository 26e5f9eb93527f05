using System.Diagnostics;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>
/// A Socket.IO server ignores the context of a trace. While the test listens, every bus of the process sends contexts, so no other test
/// runs.
/// </summary>
[CollectionDefinition(nameof(TracedEventTests), DisableParallelization = true)]
[Collection(nameof(TracedEventTests))]
public sealed class TracedEventTests(PostgresFixture postgres)
{
    private static readonly DateTimeOffset Date = new(2026, 2, 28, 21, 59, 58, 123, TimeSpan.Zero);
    private const string DateInJavaScript = "2026-02-28T21:59:58.123Z";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Events_with_a_trace_reach_clients_of_a_Socket_IO_server()
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        using var listener = Listen();
        var site = new ClusterSite(postgres.ConnectionString);
        var options = site.Options;
        options.PropagateBaggage = true;
        await using var server = await site.StartAsync(MemberKind.SocketIoServer);
        var client = await server.ConnectAsync("/", new SocketSettings { Rooms = ["r1"] });
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var bus = await EventBusNode.StartAsync(dataSource, options, cancellationToken: Cancellation);
        var emitter = bus.Emitter<IInteropEvents>();
        var notifications = new List<string>();
        await using var raw = await dataSource.OpenConnectionAsync(Cancellation);
        raw.Notification += (_, notification) => notifications.Add(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{options.ChannelPrefix}#/\"", raw))
            await listen.ExecuteNonQueryAsync(Cancellation);

        using var request = new Activity("request").AddBaggage("user", "ann").Start();
        await emitter.To("r1").Ping(Date, Cancellation);
        await client.ReceivesAsync(ReceivedEvent.Of("ping", [DateInJavaScript]));
        await emitter.To("r1").Photo("Zoë", Date, new byte[] { 1, 2, 255 }, Cancellation);
        await client.ReceivesAsync(ReceivedEvent.Of("photo", ["Zoë", DateInJavaScript, Json.Binary(1, 2, 255)]));
        await using var connection = await dataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await emitter.Within(transaction).To("r1").Ping(Date, Cancellation);
        await transaction.CommitAsync(Cancellation);
        await client.ReceivesAsync(ReceivedEvent.Of("ping", [DateInJavaScript]));

        Assert.Equal(client.Expected, client.Received);
        while (notifications.Count(IsPing) < 2)
            await raw.WaitAsync(Cancellation);
        Assert.All(notifications.Where(IsPing), payload =>
        {
            Assert.Contains(",\"b\":\"user", payload, StringComparison.Ordinal);
            Assert.Contains($",\"t\":\"00-{request.TraceId}-", payload, StringComparison.Ordinal);
        });

        static bool IsPing(string payload) => payload.Contains("[\"ping\",", StringComparison.Ordinal);
    }

    private static ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "EventBus",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}
