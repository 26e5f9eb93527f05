using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

public sealed class HostTests(DatabaseFixture database)
{
    [Fact]
    public async Task Host_starts_the_bus_and_its_handlers_and_drains_them_at_its_stop()
    {
        await using var dataSource = database.Server.CreateDataSource(builder => builder.ApplicationName = nameof(HostTests));
        var (first, second) = (CreateHost(dataSource), CreateHost(dataSource));
        await first.StartAsync(TestContext.Current.CancellationToken);
        await second.StartAsync(TestContext.Current.CancellationToken);

        var emitter = first.Services.GetRequiredService<Emitter<IStockEvents>>();
        await emitter.To("r1").Price(1, "to the room");
        await emitter.To("r2").Price(2, "to nobody");
        await emitter.Chart(3, new byte[10]);

        foreach (var host in new[] { first, second })
        {
            var handler = host.Services.GetRequiredService<StockHandler>();
            await handler.UntilCountAsync(2);
            Assert.Equal([1, 3], handler.Numbers);
        }

        var health = await first.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HealthStatus.Healthy, health.Entries["eventbus"].Status);
        Assert.Equal(3L, health.Entries["eventbus"].Data["published"]);

        var bus = first.Services.GetRequiredService<IEventBus>();
        await first.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(BusState.Stopped, bus.State);
        await ((IAsyncDisposable)first).DisposeAsync();
        await second.StopAsync(TestContext.Current.CancellationToken);
        await ((IAsyncDisposable)second).DisposeAsync();
    }

    [Fact]
    public async Task AddServerSideHandler_responds_to_events_of_other_hosts()
    {
        await using var dataSource = database.Server.CreateDataSource();
        using var first = CreatePollHost(dataSource);
        using var second = CreatePollHost(dataSource);
        await first.StartAsync(TestContext.Current.CancellationToken);
        await second.StartAsync(TestContext.Current.CancellationToken);

        await NodeCount.UntilAsync(first.Services.GetRequiredService<IEventBus>().Of(), 2);

        var emitter = first.Services.GetRequiredService<Emitter<IPollEvents>>();
        var votes = await emitter.ServerSide.WithTimeout(TimeSpan.FromSeconds(30)).Vote("tea?");
        var other = second.Services.GetRequiredService<IEventBus>().Uid;
        Assert.Equal(new ServerSideAck<int>(other, 4), Assert.Single(votes.Responses));
        Assert.False(votes.IsTimedOut);
        Assert.Empty(votes.Missing);

        await first.StopAsync(TestContext.Current.CancellationToken);
        await second.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task StartAsync_invalid_configuration_throws()
    {
        await using var dataSource = database.Server.CreateDataSource();
        using var host = CreateHost(dataSource, ("EventBus:PayloadThreshold", "9000"), ("EventBus:HeartbeatInterval", "00:00:30"));
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(
            exception.Failures, failure => failure.Contains(nameof(EventBusOptions.PayloadThreshold), StringComparison.Ordinal));
        Assert.Contains(
            exception.Failures, failure => failure.Contains(nameof(EventBusOptions.HeartbeatTimeout), StringComparison.Ordinal));
    }

    [Fact]
    public async Task DisposeAsync_disposes_only_a_data_source_that_the_node_created()
    {
        await using var dataSource = database.Server.CreateDataSource();
        await using (await EventBusNode.StartAsync(dataSource, Isolated()))
        {
        }

        await using (await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken))
        {
        }

        // The name identifies the connections of the created data source.
        var name = $"made-{Guid.NewGuid():N}";
        var settings = new NpgsqlConnectionStringBuilder(database.Server.ConnectionString) { ApplicationName = name };
        await using (await EventBusNode.StartAsync(settings.ConnectionString, Isolated()))
            Assert.NotEqual(0, await CountBackendsAsync(dataSource, name));
        while (await CountBackendsAsync(dataSource, name) > 0)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested(); // A backend needs a moment to end.
    }

    private static async Task<long> CountBackendsAsync(NpgsqlDataSource dataSource, string name)
    {
        await using var command = dataSource.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1");
        command.Parameters.AddWithValue(name);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private static EventBusOptions Isolated()
    {
        var unique = Guid.NewGuid().ToString("N")[..12];
        return new EventBusOptions { ChannelPrefix = $"test-{unique}", TableName = $"attachments_{unique}" };
    }

    private static IHost CreatePollHost(NpgsqlDataSource dataSource)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddEventBus(
            dataSource, static options => (options.ChannelPrefix, options.TableName) = ("poll-hosts", "poll_hosts"))
            .AddServerSideHandler<IPollEvents, Teller>();
        return builder.Build();
    }

    private static IHost CreateHost(NpgsqlDataSource dataSource, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Configuration["EventBus:ChannelPrefix"] = "host-tests";
        builder.Services.AddSingleton<StockHandler>();
        builder.Services.AddEventBus(dataSource, options => options.TableName = "host_tests").AddHandler<IStockEvents, StockHandler>("r1");
        builder.Services.AddHealthChecks().AddEventBus();
        return builder.Build();
    }

    internal sealed class Teller : IPollEvents
    {
        public ValueTask<int> Vote(string question) => new(question.Length);

        public ValueTask<ReadOnlyMemory<byte>> Photo(int bytes) => new(new byte[bytes]);
    }
}
