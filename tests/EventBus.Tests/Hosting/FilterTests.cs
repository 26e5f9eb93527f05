using EventBus.Hosting;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace EventBus.Tests.Hosting;

public sealed class FilterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Filters_run_around_the_handler_in_their_order_and_see_the_event()
    {
        await using var bus = await StartAsync(static builder => builder
            .AddHandlerFilter<Outer>().AddHandlerFilter<Inner>().AddHandler<IGameEvents, Player>("r1"));
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        Assert.Equal(
            ["outer: score of IGameEvents in / for Player (ann, 7)", "inner", "ann", "inner ends", "outer ends"],
            await bus.Get<Inbox<string>>().NextAsync(5));
    }

    [Fact]
    public async Task A_filter_that_does_not_call_the_next_delegate_keeps_the_event_from_the_handler()
    {
        await using var bus = await StartAsync(static builder => builder
            .AddHandlerFilter<OnlyBen>().AddHandler<IGameEvents, Player>("r1"));
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ben", 7);
        Assert.Equal("ben", await bus.Get<Inbox<string>>().NextAsync());
    }

    [Fact]
    public async Task Each_attempt_of_a_retry_has_a_handler_and_a_scope_of_its_own()
    {
        await using var bus = await StartAsync(static builder => builder
            .AddHandlerFilter<ThreeTimes>().AddHandler<IGameEvents, ThirdTime>("r1"));
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        Assert.Equal(["attempt 1", "attempt 2", "attempt 3", "ann"], await bus.Get<Inbox<string>>().NextAsync(4));
        Assert.Equal(0, bus.Logger.Count(201));
    }

    [Fact]
    public async Task A_dead_letter_handler_takes_events_whose_last_attempt_failed()
    {
        var errors = new Inbox<Exception>();
        await using var bus = await StartAsync(
            static builder => builder.AddDeadLetterHandler<DeadLetters>().AddHandler<IGameEvents, ThirdTime>("r1"),
            options => options.ErrorHandler = errors.Add);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        Assert.Equal(["attempt 1", "dead: score (ann, 7): attempt 1 failed"], await bus.Get<Inbox<string>>().NextAsync(2));

        // The next event of the socket is handled.
        await bus.Node.Emitter<IGameEvents>().To("r1").Say("hello");
        Assert.Equal("hello", await bus.Get<Inbox<string>>().NextAsync());
        Assert.Equal(0, errors.Count);
        Assert.Equal(1, bus.Logger.Count(210));
    }

    [Fact]
    public async Task If_the_dead_letter_handler_throws_both_exceptions_are_reported()
    {
        var errors = new Inbox<Exception>();
        await using var bus = await StartAsync(
            static builder => builder.AddDeadLetterHandler<FailingDeadLetters>().AddHandler<IGameEvents, ThirdTime>("r1"),
            options => options.ErrorHandler = errors.Add);
        await bus.Node.Emitter<IGameEvents>().To("r1").Score("ann", 7);
        var error = Assert.IsType<AggregateException>(await errors.NextAsync());
        Assert.Equal(["attempt 1 failed", "the disk is full"], error.InnerExceptions.Select(static inner => inner.Message));
    }

    [Fact]
    public async Task An_emit_filter_sees_each_event_and_refuses_it_through_the_result_of_the_emit()
    {
        await using var bus = await StartAsync(static builder => builder
            .AddEmitFilter<NoCheating>().AddHandler<IGameEvents, Player>("r1"));
        var emitter = bus.Get<Emitter<IGameEvents>>();
        var refused = emitter.To("r1").Except("r2").Score("ann", 1_000_000);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () => await refused);
        Assert.Equal("score of IGameEvents to r1 without r2 (ann, 1000000)", error.Message);
        Assert.Throws<InvalidOperationException>(() => emitter.To("r1").Post.Score("ann", 1_000_000));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await emitter.ServerSide.Score("ann", 1_000_000));
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await bus.Get<IEventBus>().Of().To("r1").EmitAsync("score", new EventValue[] { "ann", 1_000_000 }, Cancellation));

        var matching = bus.Get<IEventBus>().OfMatching(static name => name == "/many");
        await bus.Get<IEventBus>().Of("/many").JoinAsync(Cancellation);
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await matching.All.EmitAsync("score", new EventValue[] { "ann", 1_000_000 }, Cancellation));
        var socket = (await bus.Get<IEventBus>().Of().To("r1").FetchSocketsAsync(cancellationToken: Cancellation)).Sockets[0];
        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await socket.EmitAsync("score", new EventValue[] { "ann", 1_000_000 }, Cancellation));

        await emitter.To("r1").Score("ben", 1);
        Assert.Equal("ben", await bus.Get<Inbox<string>>().NextAsync());
    }

    [Fact]
    public async Task A_stream_of_acks_is_filtered_when_it_is_enumerated()
    {
        await using var bus = await StartAsync(static builder => builder.AddEmitFilter<NoVotes>());
        var stream = bus.Get<Emitter<IBallotEvents>>().Stream.Vote("tea?");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var _ in stream)
                Assert.Fail("The event was sent.");
        });
        Assert.Equal("no votes", error.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await bus.Get<Emitter<IBallotEvents>>().Vote("tea?"));
    }

    [Fact]
    public async Task An_emit_filter_may_send_events_itself()
    {
        await using var bus = await StartAsync(static builder => builder
            .AddEmitFilter<Audit>().AddHandler<IGameEvents, Player>("r1"));
        await bus.Get<Emitter<IGameEvents>>().To("r1").Say("hello");
        Assert.Equal("audit of say", await bus.Get<Inbox<string>>().NextAsync());
    }

    [Fact]
    public async Task An_emit_filter_of_a_publisher_refuses_events()
    {
        using var host = HostedBus.Build(static services => services
            .AddEventBusPublisher().UseInMemory(new InMemoryCluster()).AddEmitFilter<NoCheating>());
        await host.StartAsync(Cancellation);
        var publisher = host.Services.GetRequiredService<Publisher<IGameEvents>>();
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await publisher.Score("ann", 1_000_000));
        await publisher.Score("ann", 1);
        await host.StopAsync(Cancellation);
    }

    private static Task<HostedBus> StartAsync(Action<EventBusBuilder> configure, Action<EventBusOptions>? options = null) =>
        HostedBus.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<Inbox<string>>().AddSingleton<Attempts>();
                configure(builder);
            },
            options);

    internal sealed class Player(Inbox<string> inbox) : HostedBus.Silent
    {
        public override void Score(string player, int points) => inbox.Add(player);
    }

    internal sealed class Attempts
    {
        public int Count { get; set; }
    }

    internal sealed class ThirdTime : HostedBus.Silent
    {
        private readonly Inbox<string> _inbox;
        private readonly int _attempt;

        public ThirdTime(Inbox<string> inbox, Attempts attempts)
        {
            _inbox = inbox;
            _attempt = ++attempts.Count;
        }

        public override void Score(string player, int points)
        {
            _inbox.Add($"attempt {_attempt}");
            if (_attempt < 3)
                throw new InvalidOperationException($"attempt {_attempt} failed");
            _inbox.Add(player);
        }

        public override ValueTask Say(string text)
        {
            _inbox.Add(text);
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class Outer(Inbox<string> inbox) : IHandlerFilter
    {
        public async ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next)
        {
            inbox.Add($"outer: {context.EventName} of {context.Contract.Name} in {context.Namespace} for {context.HandlerType.Name} "
                + $"({string.Join(", ", context.Arguments)})");
            await next(context);
            inbox.Add("outer ends");
        }
    }

    internal sealed class Inner(Inbox<string> inbox) : IHandlerFilter
    {
        public async ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next)
        {
            inbox.Add("inner");
            await next(context);
            inbox.Add("inner ends");
        }
    }

    internal sealed class OnlyBen : IHandlerFilter
    {
        public ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next) =>
            context.Arguments[0] is "ben" ? next(context) : ValueTask.CompletedTask;
    }

    internal sealed class ThreeTimes : IHandlerFilter
    {
        public async ValueTask InvokeAsync(HandlerContext context, HandlerDelegate next)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await next(context);
                    return;
                }
                catch (InvalidOperationException) when (attempt < 3)
                {
                }
            }
        }
    }

    internal sealed class DeadLetters(Inbox<string> inbox) : IDeadLetterHandler
    {
        public ValueTask HandleAsync(HandlerContext context, Exception exception)
        {
            inbox.Add($"dead: {context.EventName} ({string.Join(", ", context.Arguments)}): {exception.Message}");
            return ValueTask.CompletedTask;
        }
    }

    internal sealed class FailingDeadLetters : IDeadLetterHandler
    {
        public ValueTask HandleAsync(HandlerContext context, Exception exception) => throw new IOException("the disk is full");
    }

    internal sealed class NoVotes : IEmitFilter
    {
        public void OnEmitting(EmitContext context) => throw new InvalidOperationException("no votes");
    }

    internal sealed class Audit(Publisher<IGameEvents> publisher) : IEmitFilter
    {
        public void OnEmitting(EmitContext context)
        {
            if (context.EventName != "score")
                publisher.To("r1").Post.Score($"audit of {context.EventName}", 0);
        }
    }

    internal sealed class NoCheating : IEmitFilter
    {
        public void OnEmitting(EmitContext context)
        {
            // The argument of an event by name is a value.
            var points = context.Arguments[1] is EventValue value ? value.GetInt64() : (int)context.Arguments[1]!;
            if (points > 100)
            {
                throw new InvalidOperationException(
                    $"{context.EventName} of {context.Contract?.Name} to {string.Join(", ", context.Rooms)} "
                    + $"without {string.Join(", ", context.ExcludedRooms)} ({string.Join(", ", context.Arguments)})");
            }
        }
    }
}
