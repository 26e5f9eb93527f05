using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using EventBus.Hosting;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace EventBus.Tests.Hosting;

public sealed class RegistrationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void A_second_bus_or_publisher_without_a_key_is_an_error_that_names_the_ways_out()
    {
        var services = new ServiceCollection();
        services.AddEventBus("Host=first.invalid");
        foreach (Action add in (Action[])[() => services.AddEventBus(), () => services.AddEventBusPublisher()])
        {
            var error = Assert.Throws<InvalidOperationException>(add);
            Assert.Contains("added by AddEventBus", error.Message, StringComparison.Ordinal);
            Assert.Contains("AddKeyedEventBus", error.Message, StringComparison.Ordinal);
        }

        services.AddKeyedEventBus("reporting");
        var second = Assert.Throws<InvalidOperationException>(() => services.AddKeyedEventBusPublisher("reporting"));
        Assert.Contains("with the key 'reporting'", second.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_service_class_publishes_from_a_bus_and_from_a_publisher()
    {
        var cluster = new InMemoryCluster();
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        var inbox = new Inbox<string>();
        await node.AddHandlerAsync<IGameEvents>(new Listener(inbox), ["r1"], Cancellation);
        using var withBus = HostedBus.Build(services => services.AddSingleton<Scorer>().AddEventBus().UseInMemory(cluster));
        using var withPublisher = HostedBus.Build(services => services.AddSingleton<Scorer>().AddEventBusPublisher().UseInMemory(cluster));
        await withBus.StartAsync(Cancellation);
        await withPublisher.StartAsync(Cancellation);

        await withBus.Services.GetRequiredService<Scorer>().ScoreAsync("bus");
        await withPublisher.Services.GetRequiredService<Scorer>().ScoreAsync("publisher");
        Assert.Equal(["bus", "publisher"], await inbox.NextAsync(2));
        Assert.Null(withPublisher.Services.GetService<IEventBus>());

        await withPublisher.StopAsync(Cancellation);
        await withBus.StopAsync(Cancellation);
    }

    [Fact]
    public async Task Services_take_one_of_several_buses_by_its_key_and_their_dependencies_inherit_it()
    {
        var (main, reports) = (new InMemoryCluster(), new InMemoryCluster());
        var inbox = new Inbox<string>();
        var logger = new RecordingLogger();
        using var host = HostedBus.Build(
            services =>
            {
                services.AddSingleton(inbox);
                services.AddKeyedSingleton("reporting", "the text of the key");
                services.AddEventBus().UseInMemory(main).AddHandler<IGameEvents, Keyed>("r1");
                services.AddKeyedEventBus("reporting").UseInMemory(reports).AddHandler<IGameEvents, Keyed>("r1");
                services.AddHealthChecks().AddEventBus().AddKeyedEventBus("reporting");
            },
            logger,
            ("EventBus:Uid", "main"),
            ("EventBus:reporting:Uid", "reports"));
        await host.StartAsync(Cancellation);

        Assert.Equal("main", host.Services.GetRequiredService<IEventBus>().Uid);
        Assert.Equal("reports", host.Services.GetRequiredKeyedService<IEventBus>("reporting").Uid);
        await host.Services.GetRequiredKeyedService<Emitter<IGameEvents>>("reporting").To("r1").Score("ann", 1);
        Assert.Equal("ann 1: the text of the key", await inbox.NextAsync());
        await host.Services.GetRequiredService<Publisher<IGameEvents>>().To("r1").Score("ann", 2);
        Assert.Equal("ann 2: no key", await inbox.NextAsync());

        var health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation);
        Assert.Equal(["eventbus", "eventbus-reporting"], health.Entries.Keys.Order());
        Assert.Equal(HealthStatus.Healthy, health.Status);
        Assert.Contains(logger.Entries, static entry => entry.Text.StartsWith("EventBus.reporting: ", StringComparison.Ordinal));
        Assert.Contains(logger.Entries, static entry => entry.Text.StartsWith("EventBus: ", StringComparison.Ordinal));
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task An_unknown_option_of_the_configuration_fails_the_start_and_is_named()
    {
        using var host = HostedBus.Build(
            services => services.AddEventBus().UseInMemory(), logger: null, ("EventBus:PublishTimout", "00:00:05"));
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(Cancellation));
        Assert.Contains("'EventBus:PublishTimout'", error.Message, StringComparison.Ordinal);
        Assert.Contains("PublishTimeout", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ErrorHandler", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delegates_change_the_options_of_the_configuration_in_their_order()
    {
        using var host = HostedBus.Build(
            services => services.AddEventBus(static options => options.Uid += "-2").UseInMemory()
                .Configure(static options => options.Uid += "-3"),
            logger: null,
            ("EventBus:Uid", "1"));
        await host.StartAsync(Cancellation);
        Assert.Equal("1-2-3", host.Services.GetRequiredService<IEventBus>().Uid);
        await host.StopAsync(Cancellation);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    public async Task A_missing_connection_string_fails_the_start_unless_a_test_replaces_the_database(string? connectionString)
    {
        foreach (Action<IServiceCollection> add in (Action<IServiceCollection>[])
                 [
                     services => services.AddEventBus(connectionString),
                     services => services.AddEventBusPublisher(connectionString),
                     services => services.AddKeyedEventBus("a").UseConnectionString(connectionString),
                 ])
        {
            using var host = HostedBus.Build(add);
            var error = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancellation));
            Assert.Contains("ConnectionStrings", error.Message, StringComparison.Ordinal);
            using var test = HostedBus.Build(services =>
            {
                add(services);
                services.UseInMemoryEventBus();
            });
            await test.StartAsync(Cancellation);
            await test.StopAsync(Cancellation);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData("publishtimeout")]
    public void A_key_that_cannot_name_a_section_is_an_error(string key) =>
        Assert.Throws<ArgumentException>(nameof(key), () => new ServiceCollection().AddKeyedEventBus(key));

    [Fact]
    public void Keys_with_the_same_text_clash()
    {
        var services = new ServiceCollection();
        services.AddKeyedEventBus("Monday");
        Assert.Throws<InvalidOperationException>(() => services.AddKeyedEventBus(DayOfWeek.Monday));
        Assert.Throws<ArgumentException>("key", () => services.AddKeyedEventBus(KeyedService.AnyKey));
    }

    [Fact]
    public async Task A_missing_data_source_is_named_when_the_host_starts()
    {
        using var plain = HostedBus.Build(static services => services.AddEventBus());
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => plain.StartAsync(Cancellation));
        Assert.Contains("AddEventBus found no NpgsqlDataSource", error.Message, StringComparison.Ordinal);

        using var keyed = HostedBus.Build(static services => services.AddKeyedEventBusPublisher("reporting"));
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => keyed.StartAsync(Cancellation));
        Assert.Contains("with the key 'reporting'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_metrics_of_a_bus_with_a_key_have_it_as_a_tag()
    {
        var published = new ConcurrentBag<string?>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, own) =>
        {
            if (instrument.Meter.Name == "EventBus" && instrument.Name == "eventbus.events.published")
                own.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => published.Add(
            instrument.Meter.Tags?.FirstOrDefault(static tag => tag.Key == "eventbus.name").Value as string));
        listener.Start();
        using var host = HostedBus.Build(static services => services.AddKeyedEventBus("metered").UseInMemory());
        await host.StartAsync(Cancellation);
        await host.Services.GetRequiredKeyedService<Emitter<IGameEvents>>("metered").Score("ann", 1);
        listener.RecordObservableInstruments();
        Assert.Contains("metered", published);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public void UseInMemoryEventBus_without_a_bus_is_an_error()
    {
        Assert.Throws<InvalidOperationException>(static () => new ServiceCollection().UseInMemoryEventBus());
    }

    internal sealed class Scorer(Publisher<IGameEvents> publisher)
    {
        public ValueTask ScoreAsync(string player) => publisher.To("r1").Score(player, 1);
    }

    internal sealed class Listener(Inbox<string> inbox) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add(player);
    }

    internal sealed class Keyed(Inbox<string> inbox, [FromKeyedServices] string? text = null) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add($"{player} {points}: {text ?? "no key"}");
    }
}
