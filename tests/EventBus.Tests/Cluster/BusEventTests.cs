using EventBus.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>Subscribers of the events of the bus, of its namespaces and of its sockets.</summary>
public sealed class BusEventTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestCluster _cluster = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("NodeJoined")]
    [InlineData("NodeLeft")]
    [InlineData("RoomJoined")]
    [InlineData("Disconnected")]
    [InlineData("StateChanged")]
    public async Task A_subscriber_that_blocks_does_not_stop_reception(string name)
    {
        var (a, b, c) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"), await _cluster.StartNodeAsync("c"));
        var (_, inbox) = await a.ConnectAsync();
        var (socket, _) = await a.ConnectAsync(["r1"]);
        var entered = new TaskCompletionSource();
        using var gate = new ManualResetEventSlim();
        Subscribe(a.Bus, socket, name, () =>
        {
            entered.TrySetResult();
            gate.Wait();
        });

        var causing = Task.Run(() => CauseAsync(a, b, c, name), Cancellation);
        await entered.Task.WaitAsync(Limit, Cancellation);
        await causing.WaitAsync(Limit, Cancellation);
        await Task.Run(() => b.Bus.Of().All.EmitAsync("after").AsTask(), Cancellation).WaitAsync(Limit, Cancellation);
        Assert.Equal("after()", await inbox.NextAsync());
        gate.Set();
    }

    [Fact]
    public async Task Raise_keeps_the_order_and_drops_beyond_the_capacity()
    {
        var a = await _cluster.StartNodeAsync("a");
        var (queue, raised, entered) = (new BusEventQueue(3, a.Diagnostics), new Inbox<int>(), new TaskCompletionSource());
        using var gate = new ManualResetEventSlim();
        Action<int> subscriber = number =>
        {
            entered.TrySetResult();
            gate.Wait();
            raised.Add(number);
        };
        queue.Raise(subscriber, 0);
        await entered.Task;
        for (var number = 1; number <= 5; number++)
            queue.Raise(subscriber, number);
        Assert.False(queue.WhenIdleAsync().IsCompleted);
        gate.Set();
        await queue.WhenIdleAsync().WaitAsync(Limit, Cancellation);

        var expected = new[] { 0, 1, 2, 3 };
        Assert.Equal(expected, await raised.NextAsync(4));
        Assert.Equal(2, a.Diagnostics.Dropped.Value);
        Assert.Equal((1, 1), (a.Logger.Count(320), a.Logger.Count(321)));
        queue.Raise(subscriber, 6);
        Assert.Equal(6, await raised.NextAsync());
        await queue.WhenIdleAsync().WaitAsync(Limit, Cancellation);
    }

    private static void Subscribe(Bus bus, LocalSocket socket, string name, Action block)
    {
        switch (name)
        {
            case "NodeJoined":
                bus.Of().NodeJoined += _ => block();
                break;
            case "NodeLeft":
                bus.Of().NodeLeft += _ => block();
                break;
            case "RoomJoined":
                bus.Of().RoomJoined += _ => block();
                break;
            case "Disconnected":
                socket.Disconnected += block;
                break;
            default:
                bus.StateChanged += _ => block();
                break;
        }
    }

    private async Task CauseAsync(TestNode a, TestNode b, TestNode c, string name)
    {
        switch (name)
        {
            case "NodeJoined":
                _cluster.Hub.Notify("""{"type":2,"uid":"node1","nsp":"/"}""");
                break;
            case "NodeLeft":
                await c.Bus.DisposeAsync();
                break;
            case "RoomJoined":
                await b.Bus.Of().All.SocketsJoinAsync(["r2"]);
                break;
            case "Disconnected":
                await b.Bus.Of().To("r1").DisconnectSocketsAsync();
                break;
            default:
                a.Transport.LoseConnection();
                break;
        }
    }
}
