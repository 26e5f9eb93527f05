using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace EventBus.Tests.Hosting;

public sealed class UseInMemoryTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UseInMemoryEventBus_replaces_PostgreSQL_in_a_host()
    {
        await using var nodes = new InMemoryNodes();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(nodes.Time);
        builder.Services.AddSingleton<Handler>();
        builder.Services.AddEventBus("Host=nowhere.invalid", options => options.Uid = "host").AddHandler<IGameEvents, Handler>("r1");
        builder.Services.UseInMemoryEventBus(nodes.Cluster);
        using var host = builder.Build();
        await nodes.CompleteAsync(host.StartAsync(Cancellation));
        var node = await nodes.StartAsync("node");

        await node.Bus.Emitter<IGameEvents>().To("r1").Score("ann", 3);
        Assert.Equal("ann 3", await host.Services.GetRequiredService<Handler>().Inbox.NextAsync());
        await host.Services.GetRequiredService<Emitter<IGameEvents>>().Say("hello");
        Assert.Equal("say", await node.Inbox.NextAsync());
        Assert.Equal("host", host.Services.GetRequiredService<IEventBus>().Uid);
        Assert.Equal(2, await node.Bus.Of().ServerCountAsync(Cancellation));

        await host.StopAsync(Cancellation);
        await nodes.AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(1, await node.Bus.Of().ServerCountAsync(Cancellation));
    }

    [Fact]
    public async Task UseInMemory_without_a_cluster_creates_one_for_each_host()
    {
        await using var time = new InMemoryNodes();
        using var first = CreateHost(time.Time);
        using var second = CreateHost(time.Time);
        await time.CompleteAsync(first.StartAsync(Cancellation));
        await time.CompleteAsync(second.StartAsync(Cancellation));

        Assert.Equal(1, await first.Services.GetRequiredService<IEventBus>().Of().ServerCountAsync(Cancellation));
        Assert.Equal(1, await second.Services.GetRequiredService<IEventBus>().Of().ServerCountAsync(Cancellation));
        await first.StopAsync(Cancellation);
        await second.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AddMatchingNamespaces_sets_up_namespaces_from_the_start()
    {
        await using var nodes = new InMemoryNodes();
        var setUp = new Inbox<string>();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(nodes.Time);
        builder.Services.AddEventBus().UseInMemory(nodes.Cluster)
            .AddMatchingNamespaces(static name => name.StartsWith("/game-", StringComparison.Ordinal), (services, game) =>
                setUp.Add($"{game.Name} by {services.GetRequiredService<IEventBus>().Uid}"))
            .AddMatchingNamespaces(static name => name == "/quiet");
        using var host = builder.Build();
        await nodes.CompleteAsync(host.StartAsync(Cancellation));
        var bus = host.Services.GetRequiredService<IEventBus>();
        bus.Of("/quiet");
        bus.Of("/game-1");
        Assert.Equal($"/game-1 by {bus.Uid}", await setUp.NextAsync());
        Assert.Equal(0, setUp.Count);
        await host.StopAsync(Cancellation);
    }

    [Fact]
    public async Task AddServerSideHandler_shares_a_singleton_with_AddHandler()
    {
        await using var nodes = new InMemoryNodes();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton<TimeProvider>(nodes.Time);
        builder.Services.AddSingleton(new BallotBox(Votes: 7)).AddSingleton<Handler>();
        builder.Services.AddEventBus(options => options.Uid = "host").UseInMemory(nodes.Cluster)
            .AddServerSideHandler<IGameEvents, Handler>()
            .AddHandler<IGameEvents, Handler>("r1")
            .AddServerSideHandler<IBallotEvents, BallotHandler>();
        using var host = builder.Build();
        await nodes.CompleteAsync(host.StartAsync(Cancellation));
        var node = await nodes.StartAsync("node");
        await nodes.CompleteAsync(Task.WhenAll(JoinAsync(node.Bus), JoinAsync(host.Services.GetRequiredService<IEventBus>())));
        var handler = host.Services.GetRequiredService<Handler>();

        await node.Bus.Emitter<IGameEvents>().ServerSide.Score("to the node", 1);
        await node.Bus.Emitter<IGameEvents>().To("r1").Score("to the socket", 2);
        Assert.Equal(["to the node 1", "to the socket 2"], (await handler.Inbox.NextAsync(2)).Order());

        var votes = await node.Bus.Emitter<IBallotEvents>().ServerSide.Vote("tea?");
        Assert.Equal([new("host", 7)], votes.Responses);
        Assert.True(votes.IsComplete);

        // The sending node does not receive it.
        await host.Services.GetRequiredService<Emitter<IGameEvents>>().ServerSide.Score("to others", 3);
        Assert.Equal(0, handler.Inbox.Count);
        await host.StopAsync(Cancellation);

        static Task JoinAsync(IEventBus bus) => bus.Of("/ballot").JoinAsync(Cancellation).AsTask();
    }

    private static IHost CreateHost(TimeProvider time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Services.AddSingleton(time);
        builder.Services.AddEventBus().UseInMemory();
        return builder.Build();
    }

    internal sealed record BallotBox(int Votes);

    internal sealed class BallotHandler(BallotBox box) : IBallotEvents
    {
        public void Opened(string question) => throw new InvalidOperationException("This event is not sent.");

        public ValueTask<int> Vote(string question) => new(box.Votes);
    }

    internal sealed class Handler : IGameEvents
    {
        public Inbox<string> Inbox { get; } = new();

        public void Score(string player, int points) => Inbox.Add($"{player} {points}");

        public ValueTask Say(string text) => ValueTask.CompletedTask;

        public Task Picture(ReadOnlyMemory<byte> bytes) => Task.CompletedTask;
    }
}
