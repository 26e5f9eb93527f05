using EventBus.Hosting;
using EventBus.IntegrationTests.EndToEnd;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A listener with a data source of its own, beside a pooler in transaction mode.</summary>
public sealed class ListenerTests(DatabaseFixture database)
{
    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string DirectName => $"direct-{_unique}";

    [Fact(Timeout = 120_000)]
    public async Task Nodes_through_a_pooler_in_transaction_mode_exchange_every_kind_of_message()
    {
        const int events = 500;
        await using var pooler = await PgBouncer.TryStartAsync(database.Server);
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        await using var pooled = database.Server.CreateDataSource(pooler.Configure);
        await using var direct = database.Server.CreateDataSource(builder => builder.ApplicationName = DirectName);
        await using var first = await EventBusNode.StartAsync(pooled, Options().UseListener(direct), cancellationToken: Cancellation);
        await using var second = await EventBusNode.StartAsync(pooled, Options().UseListener(direct), cancellationToken: Cancellation);
        await using var publisher = EventBusPublisher.Create(pooled, Options());
        var handler = new StockHandler();
        await second.AddHandlerAsync<IStockEvents>(handler);
        await NodeCount.UntilAsync(first.Of(), 2);

        // Other clients of the pooler take backends away from the nodes between two statements.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var others = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => UseBackendsAsync(pooled, ending.Token)));
        var sent = new List<Task>();
        for (var i = 0; i < events; i++)
        {
            var emitter = first.Emitter<IStockEvents>();
            sent.Add(i % 10 == 0 ? emitter.Chart(i, new byte[10]).AsTask() : emitter.Price(i, "").AsTask());
        }

        await Task.WhenAll(sent);
        await publisher.Emitter<IStockEvents>().Price(events, "of a publisher");
        await handler.UntilCountAsync(events + 1);
        await ending.CancelAsync();
        await others;

        Assert.Equal(Enumerable.Range(0, events), handler.Numbers.Where(static number => number < events));
        Assert.Equal(0, second.Statistics.Lost);
        Assert.Equal(0, second.Statistics.Reconnects + first.Statistics.Reconnects);
        var sockets = await first.Of().All.FetchSocketsAsync(cancellationToken: Cancellation);
        Assert.Single(sockets.Sockets);

        // Each node needs one connection beside the pooler. Those of the checks at the start end a moment after them.
        await UntilDirectAsync(2);
    }

    [Fact]
    public async Task StartAsync_listener_in_another_database_throws()
    {
        await using var other = await OwnDatabase.CreateAsync(database.Server);
        await using var source = database.Server.CreateDataSource();
        var exception = await Assert.ThrowsAsync<EventBusStartException>(
            () => EventBusNode.StartAsync(source, Options().UseListener(other.DataSource), cancellationToken: Cancellation));
        Assert.Contains("The data source of the listener leads to the database", exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task StartAsync_listener_behind_a_pooler_in_transaction_mode_throws()
    {
        await using var pooler = await PgBouncer.TryStartAsync(database.Server);
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        await using var source = database.Server.CreateDataSource();
        await using var pooled = database.Server.CreateDataSource(pooler.Configure);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(
            () => EventBusNode.StartAsync(source, Options().UseListener(pooled), cancellationToken: Cancellation));
        Assert.Contains("pooler in transaction mode", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_listener_that_multiplexes_throws_by_its_name()
    {
        await using var source = database.Server.CreateDataSource();
        await using var multiplexing = database.Server.CreateDataSource(static builder => builder.Multiplexing = true);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(
            () => EventBusNode.StartAsync(source, Options().UseListener(multiplexing), cancellationToken: Cancellation));
        Assert.Contains("The data source of the listener cannot be used", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Multiplexing=false", exception.Message, StringComparison.Ordinal);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("given")]
    [InlineData("container")]
    [InlineData("keyed")]
    [InlineData("string")]
    [InlineData("configuration")]
    public async Task AddEventBus_listens_over_the_data_source_of_the_listener(string way)
    {
        await using var source = database.Server.CreateDataSource();
        await using var direct = database.Server.CreateDataSource(builder => builder.ApplicationName = DirectName);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var bus = builder.Services.AddEventBus(source, Set);
        switch (way)
        {
            case "given":
                bus.UseListener(direct);
                break;
            case "container":
                builder.Services.AddSingleton(new Holder(direct));
                bus.UseListener(static services => services.GetRequiredService<Holder>().DataSource);
                break;
            case "keyed":
                builder.Services.AddKeyedSingleton("direct", direct);
                bus.UseKeyedListener("direct");
                break;
            case "string":
                bus.UseListener(DirectString());
                break;
            default:
                builder.Configuration["EventBus:ListenerConnectionString"] = DirectString();
                break;
        }

        using (var host = builder.Build())
        {
            await host.StartAsync(Cancellation);
            await UntilDirectAsync(1);
            await host.StopAsync(Cancellation);
        }

        // The bus disposes only a data source that it has created.
        await using var connection = await direct.OpenConnectionAsync(Cancellation);
    }

    [Fact]
    public async Task Host_with_a_missing_listener_does_not_start()
    {
        await using var source = database.Server.CreateDataSource();
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => StartHostAsync(static bus => bus.UseKeyedListener("no")));
        Assert.Contains("with the key 'no'", exception.Message, StringComparison.Ordinal);
        var empty = await Assert.ThrowsAsync<OptionsValidationException>(
            () => StartHostAsync(static bus => bus.UseListener((string?)null)));
        Assert.Contains("ListenerConnectionString", empty.Message, StringComparison.Ordinal);

        async Task StartHostAsync(Action<EventBusBuilder> configure)
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            configure(builder.Services.AddEventBus(source, Set));
            using var host = builder.Build();
            await host.StartAsync(Cancellation);
        }
    }

    private static async Task UseBackendsAsync(NpgsqlDataSource pooled, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested)
        {
            await using var command = pooled.CreateCommand("SELECT pg_sleep(0.002)");
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    private string DirectString() => new NpgsqlConnectionStringBuilder(database.Server.ConnectionString)
    {
        ApplicationName = DirectName,
        PersistSecurityInfo = true,
    }.ConnectionString;

    private async Task UntilDirectAsync(long count)
    {
        await using var observer = database.Server.CreateDataSource();
        await using var command = observer.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1");
        command.Parameters.AddWithValue(DirectName);
        while ((long)(await command.ExecuteScalarAsync(Cancellation))! != count)
            await Task.Yield();
    }

    private void Set(EventBusOptions options) => (options.ChannelPrefix, options.TableName) = (_unique, $"attachments_{_unique}");

    private EventBusOptions Options()
    {
        var options = new EventBusOptions();
        Set(options);
        return options;
    }

    private sealed record Holder(NpgsqlDataSource DataSource);
}
