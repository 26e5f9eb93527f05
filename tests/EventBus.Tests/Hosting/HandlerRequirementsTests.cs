using EventBus.Hosting;
using EventBus.Tests.Cluster;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Hosting;

/// <summary>The hosts of these tests run in Production: there the container does not validate its services.</summary>
public sealed class HandlerRequirementsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_handler_with_a_missing_dependency_fails_the_start() =>
        AssertFailsAsync(static bus => bus.AddHandler<IGameEvents, Plain>("r1"), nameof(Plain), nameof(IClock));

    [Fact]
    public Task A_server_side_handler_with_a_missing_dependency_fails_the_start() =>
        AssertFailsAsync(static bus => bus.AddServerSideHandler<IGameEvents, Plain>(), nameof(Plain), nameof(IClock));

    [Fact]
    public Task A_missing_dependency_with_a_key_is_named_with_its_key() => AssertFailsAsync(
        static bus =>
        {
            bus.Services.AddSingleton<IClock, Clock>();
            bus.AddHandler<IGameEvents, WithKey>("r1");
        },
        nameof(WithKey),
        "with the key 'utc'");

    [Fact]
    public async Task A_handler_of_a_keyed_bus_that_takes_an_emitter_without_the_key_is_told()
    {
        using var host = HostedBus.Build(
            static services => services.AddKeyedEventBus("reporting").UseInMemory().AddHandler<IGameEvents, Emitting>("r1"));
        var error = await Assert.ThrowsAsync<EventBusStartException>(() => host.StartAsync(Cancellation));
        Assert.Contains("[FromKeyedServices]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_the_container_can_create_passes()
    {
        using var host = HostedBus.Build(static services =>
        {
            services.AddKeyedSingleton<IClock, Clock>("utc").AddKeyedSingleton<IClock, Clock>("reporting");
            services.AddEventBus().UseInMemory()
                .AddHandler<IGameEvents, WithKey>("r1")
                .AddHandler<IGameEvents, Optional>("r1")
                .AddHandler<IGameEvents, TwoConstructors>("r1")
                .AddHandler<IGameEvents, Emitting>("r1")
                .AddHandler<IGameEvents, Common>("r1")
                .AddHandler<IGameEvents, Plain>("r1");
            services.AddKeyedEventBus("reporting").UseInMemory().AddHandler<IGameEvents, Inheriting>("r1");

            // A factory and an instance need nothing from the services.
            services.AddScoped(static _ => new Plain(new Clock()));
        });
        await host.StartAsync(Cancellation);
        await host.StopAsync(Cancellation);
    }

    private static async Task AssertFailsAsync(Action<EventBusBuilder> add, params string[] texts)
    {
        using var host = HostedBus.Build(services => add(services.AddEventBus().UseInMemory()));
        var error = await Assert.ThrowsAsync<EventBusStartException>(() => host.StartAsync(Cancellation));
        Assert.All(texts, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
    }

    internal interface IClock;

    internal sealed class Clock : IClock;

#pragma warning disable CS9113 // The container reads the parameters, and nothing else.
    internal sealed class Plain(IClock clock) : HostedBus.Silent;

    internal sealed class WithKey([FromKeyedServices("utc")] IClock clock) : HostedBus.Silent;

    internal sealed class Optional(IClock? clock = null) : HostedBus.Silent;

    internal sealed class Emitting(Emitter<IGameEvents> emitter) : HostedBus.Silent;

    internal sealed class Inheriting(
        [FromKeyedServices] IClock clock, [FromKeyedServices] Emitter<IGameEvents> emitter, [ServiceKey] string key) : HostedBus.Silent;

    internal sealed class Common(IServiceProvider services, IServiceScopeFactory scopes, IEnumerable<IClock> clocks) : HostedBus.Silent;
#pragma warning restore CS9113

    internal sealed class TwoConstructors : HostedBus.Silent
    {
        public TwoConstructors()
        {
        }

        public TwoConstructors(IClock clock) => _ = clock;
    }
}
