using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Hosting;

public sealed class HandlerScopeTests
{
    [Fact]
    public async Task Each_event_has_a_scope_that_is_disposed_before_the_next_event()
    {
        await using var bus = await HostedBus.StartAsync(builder =>
        {
            builder.Services.AddSingleton<Inbox<string>>().AddSingleton<SessionCount>().AddScoped<Session>();
            builder.AddHandler<IGameEvents, Scoped>("r1");
        });
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 1);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ben", 2);
        Assert.Equal(
            ["session 1", "ann", "disposed 1", "session 2", "ben", "disposed 2"], await bus.Get<Inbox<string>>().NextAsync(6));
    }

    [Fact]
    public async Task The_last_registration_of_a_handler_decides_about_its_lifetime()
    {
        await using var bus = await HostedBus.StartAsync(builder =>
        {
            builder.Services.AddSingleton<Inbox<string>>();
            builder.AddHandler<IGameEvents, Counting>("r1");
            builder.Services.AddSingleton<Counting>();
        });
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 1);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ben", 2);
        Assert.Equal(["ann 1", "ben 2"], await bus.Get<Inbox<string>>().NextAsync(2));
    }

    [Fact]
    public async Task A_handler_class_that_is_added_twice_has_an_instance_for_each_socket()
    {
        await using var bus = await HostedBus.StartAsync(builder =>
        {
            builder.Services.AddSingleton<Inbox<string>>();
            builder.AddHandler<IGameEvents, Counting>("r1").AddHandler<IGameEvents, Counting>("r2");
        });
        await bus.Node.Emitter<IGameEvents>().To("r1", "r2").Score("ann", 1);
        Assert.Equal(["ann 1", "ann 1"], await bus.Get<Inbox<string>>().NextAsync(2));
    }

    [Fact]
    public async Task AddHandlers_adds_the_marked_classes_of_the_project()
    {
        await using var bus = await HostedBus.StartAsync(static builder =>
        {
            builder.Services.AddSingleton<Inbox<string>>();
            builder.AddHandlers();
        });
        await bus.Node.Emitter<IGameEvents>().To("marked").Score("ann", 1);
        Assert.Equal("marked ann", await bus.Get<Inbox<string>>().NextAsync());
    }

    [Fact]
    public async Task A_server_side_event_has_a_scope()
    {
        await using var bus = await HostedBus.StartAsync(builder =>
        {
            builder.Services.AddSingleton<Inbox<string>>().AddSingleton<SessionCount>().AddScoped<Session>();
            builder.AddServerSideHandler<IGameEvents, Scoped>();
        });
        await bus.Node.Emitter<IGameEvents>().ServerSide.Score("ann", 1);
        Assert.Equal(["session 1", "ann", "disposed 1"], await bus.Get<Inbox<string>>().NextAsync(3));
    }

    [Fact]
    public async Task A_failure_names_the_event_the_contract_the_namespace_and_the_handler()
    {
        var failures = new Inbox<Exception>();
        await using var bus = await HostedBus.StartAsync(
            builder => builder.AddHandler<IGameEvents, Failing>("r1"), options => options.ErrorHandler = failures.Add);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 1);
        Assert.Equal("no", (await failures.NextAsync()).Message);
        var entry = Assert.Single(bus.Logger.Entries, static entry => entry.Id.Id == 201);
        foreach (var part in (string[])["'score'", nameof(IGameEvents), "namespace '/'", nameof(Failing)])
            Assert.Contains(part, entry.Text, StringComparison.Ordinal);
    }

    internal sealed class Session : IDisposable
    {
        private readonly Inbox<string> _inbox;
        private readonly int _number;

        public Session(Inbox<string> inbox, SessionCount count)
        {
            _inbox = inbox;
            _number = count.Next();
            inbox.Add($"session {_number}");
        }

        public void Dispose() => _inbox.Add($"disposed {_number}");
    }

    internal sealed class SessionCount
    {
        private int _count;

        public int Next() => Interlocked.Increment(ref _count);
    }

    internal sealed class Scoped(Inbox<string> inbox, Session session) : HostedBus.Silent
    {
        public override void Score(string player, int points)
        {
            GC.KeepAlive(session);
            inbox.Add(player);
        }
    }

    internal sealed class Counting(Inbox<string> inbox) : HostedBus.Silent
    {
        private int _events;

        public override void Score(string player, int points) => inbox.Add($"{player} {++_events}");
    }

    [EventHandler("marked")]
    internal sealed class Marked(Inbox<string> inbox) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add($"marked {player}");
    }

    internal sealed class Failing : HostedBus.Silent
    {
        public override void Score(string player, int points) => throw new InvalidOperationException("no");
    }
}
