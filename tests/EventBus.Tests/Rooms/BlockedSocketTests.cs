using EventBus.Hosting;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Rooms;

public sealed class BlockedSocketTests
{
    private const int Events = 2_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1); // A busy machine may pause for seconds.

    [Fact(Timeout = 120_000)]
    public async Task Emit_to_a_blocked_socket_drops_only_its_own_events()
    {
        var cluster = new InMemoryCluster();
        var options = new EventBusOptions
        {
            SocketQueueEvents = 10,
            SocketOverflowBytes = 1_000,
            ReceiveQueueMessages = 100,
            ReceivePauseTimeout = Patience,
        };
        await using var node = await EventBusNode.StartAsync(cluster, options);
        await using var publisher = EventBusPublisher.Create(cluster, new EventBusOptions { PublishTimeout = Patience });
        using var gate = new SemaphoreSlim(0);
        var (fast, blocked, elsewhere) = (new Inbox<long>(), new Inbox<long>(), new Inbox<long>());
        await ConnectAsync(node.Of(), fast, wait: null);
        await ConnectAsync(node.Of(), blocked, gate);
        await ConnectAsync(node.Of("/other"), elsewhere, wait: null);

        for (var i = 0; i < Events; i++)
        {
            await publisher.Of().EmitAsync("e", new EventValue[] { i });
            await publisher.Of("/other").EmitAsync("e", new EventValue[] { i });
        }

        var all = Enumerable.Range(0, Events).Select(static i => (long)i).ToArray();
        Assert.Equal(all, await fast.NextAsync(Events));
        Assert.Equal(all, await elsewhere.NextAsync(Events));
        while (node.Statistics.Received + node.Statistics.Dropped < 3 * Events) // The pump counts an event after its handler has begun.
            await Task.Yield();
        Assert.InRange(node.Statistics.Dropped, 1, Events - 11);
        Assert.Equal((3 * Events) - node.Statistics.Dropped, node.Statistics.Received);

        // The accepted events arrive in order. Afterwards the socket accepts events again.
        var accepted = Events - (int)node.Statistics.Dropped;
        gate.Release(Events);
        Assert.Equal(all[..accepted], await blocked.NextAsync(accepted));
        await publisher.Of().EmitAsync("e", new EventValue[] { Events });
        Assert.Equal(Events, await blocked.NextAsync());
        Assert.Equal(0, node.Statistics.Lost);
    }

    private static async Task ConnectAsync(IBusNamespace busNamespace, Inbox<long> inbox, SemaphoreSlim? wait) =>
        await busNamespace.ConnectAsync(new SocketOptions(), socket => socket.On("e", async arguments =>
        {
            if (wait is not null)
                await wait.WaitAsync();
            inbox.Add(arguments[0].GetInt64());
        }));
}
