using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>A publisher that posts as fast as it can, and a node in the same process, with default options.</summary>
public sealed class FullRateTests(DatabaseFixture database)
{
    private const int DefaultEvents = 200_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The number of events; <c>EVENTBUS_FULL_RATE_EVENTS</c> overrides it.</summary>
    private static int Events { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("EVENTBUS_FULL_RATE_EVENTS"), out var events) ? events : DefaultEvents;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_at_full_rate_drops_and_loses_nothing_even_beside_a_blocked_socket(bool withBlockedSocket)
    {
        await using var dataSource = database.Server.CreateDataSource();
        var names = TestNames.Create();
        var options = new EventBusOptions { ChannelPrefix = names.Channel[..^2], TableName = names.Table };
        await using var node = await EventBusNode.StartAsync(dataSource, options, cancellationToken: Cancellation);
        await using var publisher = EventBusPublisher.Create(dataSource, options);
        var counter = new OrderCounter(Events);
        await node.Of().ConnectAsync(
            new SocketOptions { Rooms = ["room"] },
            socket => socket.On("ping", arguments => counter.Take(arguments[0].GetInt64())),
            Cancellation);
        var gate = new TaskCompletionSource();
        if (withBlockedSocket)
        {
            await node.Of().ConnectAsync(
                new SocketOptions { Rooms = ["room"] }, socket => socket.On("ping", _ => new ValueTask(gate.Task)), Cancellation);
        }

        var began = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < Events; i++)
        {
            // If the publish queue is full, it rejects a post before it has a number. The awaited emit then waits for a place.
            EventValue[] arguments = [i];
            if (!publisher.Of().To("room").Post("ping", arguments))
                await publisher.Of().To("room").EmitAsync("ping", arguments, Cancellation);
        }

        var posted = TimeProvider.System.GetElapsedTime(began);
        await counter.All.WaitAsync(Patience, Cancellation);
        var received = TimeProvider.System.GetElapsedTime(began);
        gate.SetResult();

        TestContext.Current.SendDiagnosticMessage(
            $"{Events} events: posted in {posted.TotalSeconds:F1} s, handled in {received.TotalSeconds:F1} s; {node.Statistics}");
        Assert.Equal(0, counter.OutOfOrder);
        Assert.Equal(0, node.Statistics.Lost);
        if (!withBlockedSocket)
            Assert.Equal(0, node.Statistics.Dropped);
    }

    /// <summary>Counts received numbers, and the numbers that do not follow their predecessor.</summary>
    private sealed class OrderCounter(int count)
    {
        private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long _next;

        public Task All => _all.Task;

        public long OutOfOrder { get; private set; }

        public ValueTask Take(long number)
        {
            OutOfOrder += number == _next ? 0 : 1;
            _next = number + 1;
            if (_next == count)
                _all.SetResult();
            return ValueTask.CompletedTask;
        }
    }
}
