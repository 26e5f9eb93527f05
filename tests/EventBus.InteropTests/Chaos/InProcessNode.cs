using EventBus.Cluster;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.InteropTests.Chaos;

/// <summary>A node in the process of the test, which can inspect its tables.</summary>
internal sealed class InProcessNode : ChaosNode
{
    private readonly NpgsqlDataSource _dataSource;
    private readonly IEventBus _bus;

    private InProcessNode(NpgsqlDataSource dataSource, IEventBus bus)
        : base(bus.Uid) => (_dataSource, _bus) = (dataSource, bus);

    public override bool CanBeKilled => false;

    /// <summary>The number of open requests.</summary>
    public int OpenRequests => ((BusNamespace)_bus.Of()).OpenRequests;

    public static async Task<InProcessNode> StartAsync(string uid, int sockets, string connectionString, EventBusOptions options)
    {
        var own = new EventBusOptions
        {
            Uid = uid,
            ChannelPrefix = options.ChannelPrefix,
            HeartbeatInterval = options.HeartbeatInterval,
            HeartbeatTimeout = options.HeartbeatTimeout,
            AllowRemoteManagement = true,
        };
        var dataSource = NpgsqlDataSource.Create(connectionString);
        var node = new InProcessNode(
            dataSource, await EventBusNode.StartAsync(dataSource, own, cancellationToken: TestContext.Current.CancellationToken));
        node._bus.Of().OnServerSide("who", _ => ValueTask.FromResult<EventValue>(uid));
        for (var i = 0; i < sockets; i++)
        {
            var ack = $"{uid}/{i}";
            var socket = await node._bus.Of().ConnectAsync(
                new SocketOptions { Rooms = ["all"] }, socket => socket.On("request", _ => ValueTask.FromResult<EventValue>(ack)));
            node.Sockets = [.. node.Sockets, new ChaosSocket(socket.Id, ack)];
        }

        return node;
    }

    public override async Task<(string[] Sockets, string[] Missing)> FetchSocketsAsync(string room, TimeSpan timeout)
    {
        var fetched = await _bus.Of().To(room).FetchSocketsAsync(timeout);
        return ([.. fetched.Sockets.Select(static socket => socket.Id)], [.. fetched.Missing]);
    }

    public override async Task<SocketAcks> RequestAcksAsync(string room, TimeSpan timeout)
    {
        var acks = await _bus.Of().To(room).EmitWithAckAsync("request", timeout: timeout);
        return new SocketAcks([.. acks.Responses.Select(static ack => ack.GetString())], acks.Expected, acks.IsTimedOut, [.. acks.Missing]);
    }

    public override async Task<(string[] Uids, string[] Missing)> RequestUidsAsync(TimeSpan timeout)
    {
        var acks = await _bus.Of().ServerSideEmitWithAckAsync("who", timeout: timeout);
        return ([.. acks.Responses.Select(static ack => ack.Value.GetString())], [.. acks.Missing]);
    }

    public override Task<int> CountNodesAsync() => _bus.Of().ServerCountAsync().AsTask();

    public override Task JoinAsync(string room, string joined) => _bus.Of().To(room).SocketsJoinAsync([joined]).AsTask();

    public override async ValueTask DisposeAsync()
    {
        await _bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    protected override Task StopAsync() => DisposeAsync().AsTask();
}
