using System.Diagnostics;
using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Telemetry;

/// <summary>The statements of the bus are in no trace of the application.</summary>
[Collection(nameof(TelemetryCollection))]
public sealed class HiddenStatementTests(DatabaseFixture database) : TelemetryTests(database)
{
    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Statements_of_the_bus_are_no_spans(bool isDedicated)
    {
        await using var untraced = CreateUntraced();
        using var spans = new Spans();
        await using (var node = await StartAsync(options => Hurry(options, isDedicated)))
        await using (var other = await EventBusNode.StartAsync(ConnectionString, Options(options => Hurry(options, isDedicated: true))))
        await using (var publisher = EventBusPublisher.Create(DataSource, Options(options => Hurry(options, isDedicated))))
        {
            var handler = new StockHandler();
            await other.AddHandlerAsync<IStockEvents>(handler, [], Cancellation);
            for (var i = 0; i < 3; i++)
            {
                await node.Emitter<IStockEvents>().Price(i, "");
                await publisher.Emitter<IStockEvents>().Chart(i, new byte[10]);
            }

            await other.Of("/late").JoinAsync(Cancellation);
            await handler.UntilCountAsync(6);

            // The listeners reconnect, attachments are removed, and heartbeats are sent.
            await ScalarAsync(untraced, $"""
                SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                WHERE application_name = '{ApplicationName}' AND (query LIKE 'LISTEN%' OR query = 'SELECT 1')
                """);
            await UntilAsync(() => Task.FromResult(node.Statistics.Reconnects > 0 && other.Statistics.Reconnects > 0));
            await UntilAsync(async () => await ScalarAsync(untraced, $"SELECT count(*) FROM {Options().TableName}") is 0L);
            await node.Emitter<IStockEvents>().Price(3, "");
            await handler.UntilCountAsync(7);
            await other.Of("/late").LeaveAsync();
        }

        Assert.NotEmpty(spans.Of("process"));
        Assert.Equal([], spans.All
            .Where(static span => span.Source.Name == "Npgsql")
            .Select(static span => span.GetTagItem("db.query.text") ?? span.DisplayName));
    }

    [Fact(Timeout = 120_000)]
    public async Task Statements_of_the_application_are_still_spans()
    {
        const string sql = "SELECT 'of the application'";
        using var spans = new Spans();
        await using var node = await StartAsync();
        await node.AddHandlerAsync<IStockEvents>(new Querying(DataSource, sql), [], Cancellation);
        await node.Emitter<IStockEvents>().Price(1, "");
        Assert.Null(Activity.Current);
        await using var command = DataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);

        var process = Assert.Single(await spans.UntilAsync("process", 1));
        await spans.UntilAsync(static spans => spans.Count(IsStatement) == 2);
        Assert.Equal([default, process.SpanId], spans.All.Where(IsStatement).Select(static span => span.ParentSpanId)
            .OrderBy(static id => id != default));

        static bool IsStatement(Activity span) => span.Source.Name == "Npgsql" && Equals(span.GetTagItem("db.query.text"), sql);
    }

    private static void Hurry(EventBusOptions options, bool isDedicated)
    {
        options.DedicatedDataSource = isDedicated;
        options.HeartbeatInterval = TimeSpan.FromMilliseconds(200);
        options.KeepAliveInterval = TimeSpan.FromSeconds(1);
        options.CleanupInterval = TimeSpan.FromMilliseconds(500);
    }

    private NpgsqlDataSource CreateUntraced()
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        builder.ConfigureTracing(static tracing =>
            tracing.ConfigureCommandFilter(static _ => false).EnablePhysicalOpenTracing(false));
        return builder.Build();
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource dataSource, string sql)
    {
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        while (!await condition())
            await Task.Delay(20, Cancellation);
    }

    private sealed class Querying(NpgsqlDataSource dataSource, string sql) : IStockEvents
    {
        public void Price(int number, string text)
        {
            using var command = dataSource.CreateCommand(sql);
            command.ExecuteNonQuery();
        }

        public ValueTask Chart(int number, ReadOnlyMemory<byte> image) => ValueTask.CompletedTask;
    }
}
