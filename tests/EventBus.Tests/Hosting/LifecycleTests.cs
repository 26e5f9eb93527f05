using EventBus.Hosting;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace EventBus.Tests.Hosting;

public sealed class LifecycleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_service_can_emit_at_its_start_and_handlers_run_when_all_have_started()
    {
        var inbox = new Inbox<string>();
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox);
            services.AddHostedService<EmitsAtItsStart>();
            services.AddEventBus().UseInMemory().AddHandler<IGameEvents, Reporting>("r1");
            services.AddHostedService<StartsLast>();
        });
        await host.StartAsync(Cancellation);
        Assert.Equal(["emitted", "all have started", "handled at start"], await inbox.NextAsync(3));

        // The handlers have ended before, but the bus still publishes.
        await host.StopAsync(Cancellation);
        Assert.Equal("emitted while stopping", await inbox.NextAsync());
        Assert.Equal(0, inbox.Count);
    }

    [Fact]
    public async Task Queued_events_are_handled_before_the_services_of_the_application_stop()
    {
        var inbox = new Inbox<string>();
        var gate = new TaskCompletionSource();
        var cluster = new InMemoryCluster();
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox).AddSingleton(gate);
            services.AddEventBus().UseInMemory(cluster).AddHandler<IGameEvents, Slow>("r1");
            services.AddHostedService<ReportsItsStop>();
        });
        await host.StartAsync(Cancellation);
        await node.Emitter<IGameEvents>().To("r1").Say("hello");
        await node.Emitter<IGameEvents>().To("r1").Score("ann", 1);
        await node.Emitter<IGameEvents>().To("r1").Score("ben", 2);
        Assert.Equal("hello waits", await inbox.NextAsync());

        var stopping = host.StopAsync(Cancellation);
        gate.SetResult();
        await stopping;
        Assert.Equal(["hello", "ann", "ben", "service stops"], await inbox.NextAsync(4));
    }

    [Fact]
    public async Task While_the_services_of_the_application_stop_no_handler_is_called()
    {
        var inbox = new Inbox<string>();
        var cluster = new InMemoryCluster();
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox).AddSingleton<IEventPublisher>(node);
            services.AddEventBus().UseInMemory(cluster).AddServerSideHandler<IGameEvents, Reporting>();
            services.AddHostedService<SendsAtItsStop>();
        });
        await host.StartAsync(Cancellation);
        await node.Emitter<IGameEvents>().ServerSide.Score("ann", 1, Cancellation);
        Assert.Equal("handled ann", await inbox.NextAsync());
        await host.StopAsync(Cancellation);
        Assert.Equal(0, inbox.Count);
        Assert.Equal(1, host.Services.GetRequiredService<IEventBus>().Statistics.Dropped);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_host_whose_database_is_down_does_not_start(bool isPublisher)
    {
        var cluster = new InMemoryCluster { IsDown = true };
        using var host = HostedBus.Build(services => Add(services, cluster, isPublisher, allowDegradedStart: false));
        await Assert.ThrowsAsync<EventBusStartException>(() => host.StartAsync(Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_degraded_start_is_unhealthy_until_the_database_is_there(bool isPublisher)
    {
        var cluster = new InMemoryCluster { IsDown = true };
        var errors = new Inbox<Exception>();
        var inbox = new Inbox<string>();
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox);
            services.Configure<EventBusOptions>(options => options.ErrorHandler = errors.Add);
            Add(services, cluster, isPublisher, allowDegradedStart: true);
        });
        await host.StartAsync(Cancellation);
        Assert.Equal(HealthStatus.Unhealthy, await CheckAsync(host));
        Assert.IsType<EventBusStartException>(await errors.NextAsync());

        cluster.IsDown = false;
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        while (await CheckAsync(host) != HealthStatus.Healthy)
            await Task.Delay(10, Cancellation);
        if (!isPublisher)
        {
            // The receivers are added when the bus is connected.
            while ((await node.Of().To("r1").FetchSocketsAsync(cancellationToken: Cancellation)).Sockets.Count == 0)
                await Task.Delay(10, Cancellation);
            await node.Emitter<IGameEvents>().To("r1").Score("ann", 1);
            Assert.Equal("handled ann", await inbox.NextAsync());
        }

        cluster.IsDown = true;
        while (await CheckAsync(host) != HealthStatus.Degraded)
            await Task.Delay(10, Cancellation);
        await host.StopAsync(Cancellation);
        Assert.Equal(HealthStatus.Unhealthy, await CheckAsync(host));
    }

    [Fact]
    public async Task A_handler_is_told_to_stop_before_the_services_of_the_application_stop()
    {
        var inbox = new Inbox<string>();
        var cluster = new InMemoryCluster();
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox);
            services.AddEventBus().UseInMemory(cluster).AddHandler<ITimedEvents, Waiting>("r1");
            services.AddHostedService<ReportsItsStop>();
        });
        await host.StartAsync(Cancellation);
        await node.Emitter<ITimedEvents>().To("r1").Wait(Cancellation);
        Assert.Equal("waits", await inbox.NextAsync());
        await host.StopAsync(Cancellation);
        Assert.Equal(["told to stop", "service stops"], await inbox.NextAsync(2));
    }

    [Fact]
    public async Task A_host_that_fails_to_start_drops_the_events_that_wait_and_stops_at_once()
    {
        var cluster = new InMemoryCluster();
        await using var node = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        var inbox = new Inbox<string>();
        using var host = HostedBus.Build(services =>
        {
            services.AddSingleton(inbox).AddSingleton<IEventPublisher>(node);
            services.AddEventBus().UseInMemory(cluster).AddHandler<IGameEvents, Reporting>("r1");
            services.AddHostedService<FailsAfterAnEvent>();
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync(Cancellation));
        await host.StopAsync(Cancellation);
        Assert.Equal(0, inbox.Count);
        Assert.Equal(1, host.Services.GetRequiredService<IEventBus>().Statistics.Dropped);
    }

    [Fact]
    public async Task An_acknowledged_event_before_the_start_waits_for_a_limited_time()
    {
        var time = new TestTime();
        await using var provider = new ServiceCollection().AddSingleton<TimeProvider>(time)
            .AddEventBus(static options => options.PublishTimeout = TimeSpan.FromSeconds(3)).UseInMemory().Services.BuildServiceProvider();
        var emitting = provider.GetRequiredService<Emitter<IBallotEvents>>().Vote("tea?").AsTask();
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(emitting.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        var error = await Assert.ThrowsAsync<EventNotSentException>(() => emitting);
        Assert.Contains("the bus has not started", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_that_joins_before_the_start_waits_for_a_limited_time()
    {
        var time = new TestTime();
        await using var provider = new ServiceCollection().AddSingleton<TimeProvider>(time)
            .AddEventBus(static options => options.PublishTimeout = TimeSpan.FromSeconds(3)).UseInMemory().Services.BuildServiceProvider();
        var bus = provider.GetRequiredService<IEventBus>();
        Task[] joining =
        [
            bus.AddHandlerAsync<IGameEvents>(new HostedBus.Silent(), ["r1"], Cancellation).AsTask(),
            bus.Of("/other").JoinAsync(Cancellation).AsTask(),
        ];
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.DoesNotContain(joining, static task => task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        foreach (var task in joining)
        {
            // The limit bounds the test if the wait has none.
            var error = await Assert.ThrowsAsync<EventBusStartException>(() => task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
            Assert.Contains("the bus has not started", error.Message, StringComparison.Ordinal);
            Assert.Contains("AddHandler", error.Message, StringComparison.Ordinal);
            Assert.True(error.IsTransient);
        }
    }

    [Fact]
    public async Task A_host_stops_while_its_bus_still_waits_for_the_database()
    {
        using var host = HostedBus.Build(static services => Add(
            services.AddSingleton<Inbox<string>>(), new InMemoryCluster { IsDown = true }, isPublisher: false, allowDegradedStart: true));
        await host.StartAsync(Cancellation);
        await host.StopAsync(Cancellation);
        Assert.Equal(BusState.Stopped, host.Services.GetRequiredService<IEventBus>().State);
    }

    private static void Add(IServiceCollection services, InMemoryCluster cluster, bool isPublisher, bool allowDegradedStart)
    {
        services.AddHealthChecks().AddEventBus();
        if (isPublisher)
            services.AddEventBusPublisher(Configure).UseInMemory(cluster);
        else
            services.AddEventBus(Configure).UseInMemory(cluster).AddHandler<IGameEvents, Reporting>("r1");

        void Configure(EventBusOptions options) => options.AllowDegradedStart = allowDegradedStart;
    }

    private static async Task<HealthStatus> CheckAsync(IHost host) =>
        (await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(Cancellation)).Status;

    internal sealed class Reporting(Inbox<string> inbox) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add($"handled {player}");
    }

    internal sealed class Waiting(Inbox<string> inbox) : ITimedEvents
    {
        public async ValueTask Wait(CancellationToken cancellationToken)
        {
            inbox.Add("waits");
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            inbox.Add("told to stop");
        }
    }

    internal sealed class FailsAfterAnEvent(IEventBus bus, IEnumerable<IEventPublisher> publishers) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var node = publishers.Single(publisher => publisher != bus);
            await node.Publisher<IGameEvents>().To("r1").Score("ann", 1, cancellationToken);
            while (bus.Statistics.Received == 0)
                await Task.Delay(10, cancellationToken);
            throw new InvalidOperationException("This service does not start.");
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class Slow(Inbox<string> inbox, TaskCompletionSource gate) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add(player);

        public override async ValueTask Say(string text)
        {
            inbox.Add($"{text} waits");
            await gate.Task;
            inbox.Add(text);
        }
    }

    internal sealed class EmitsAtItsStart(Emitter<IGameEvents> emitter, Inbox<string> inbox) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await emitter.To("r1").Score("at start", 1, cancellationToken);
            inbox.Add("emitted");
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            await emitter.To("r1").Score("at stop", 1, cancellationToken);
            inbox.Add("emitted while stopping");
        }
    }

    internal sealed class StartsLast(Inbox<string> inbox) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            inbox.Add("all have started");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    internal sealed class SendsAtItsStop(IEventBus bus, IEnumerable<IEventPublisher> publishers) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            var node = publishers.Single(publisher => publisher != bus);
            await node.Publisher<IGameEvents>().ServerSide.Score("ben", 1, cancellationToken);
            while (bus.Statistics.Dropped == 0)
                await Task.Delay(10, cancellationToken);
        }
    }

    internal sealed class ReportsItsStop(Inbox<string> inbox) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            inbox.Add("service stops");
            return Task.CompletedTask;
        }
    }
}
