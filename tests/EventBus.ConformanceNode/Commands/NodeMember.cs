using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.ConformanceNode.Commands;

/// <summary>The commands of a node.</summary>
internal sealed class NodeMember : IMember
{
    private readonly IEventBus _bus;
    private readonly Reports _reports;
    private readonly Subscriptions _subscriptions;
    private readonly Transactions _transactions;

    private NodeMember(IEventBus bus, NpgsqlDataSource? dataSource, Reports reports)
    {
        _bus = bus;
        _reports = reports;
        _subscriptions = new Subscriptions(bus, reports);
        _transactions = new Transactions(dataSource);
        bus.StateChanged += reports.State;
        bus.GapDetected += reports.Gap;
        bus.AttachmentLost += reports.AttachmentLost;
    }

    public string Uid => _bus.Uid;

    public static async Task<NodeMember> StartAsync(NpgsqlDataSource dataSource, EventBusOptions options, Reports reports) =>
        new(await EventBusNode.StartAsync(dataSource, options), dataSource, reports);

    public static async Task<NodeMember> StartAsync(
        InMemoryCluster cluster, EventBusOptions options, Reports reports, TimeProvider timeProvider) =>
        new(await EventBusNode.StartAsync(cluster, options, timeProvider: timeProvider), dataSource: null, reports);

    public Task<JsonNode?> StartAsync(Command command) => command.Op switch
    {
        "subscribe" => _subscriptions.AddAsync(command),
        "unsubscribe" => _subscriptions.RemoveAsync(command),
        "join" => _subscriptions.JoinAsync(command),
        "leave" => _subscriptions.LeaveAsync(command),
        "emit" => Emit.StartAsync(command, _bus.Of(command.Namespace)),
        "emitInTransaction" => _transactions.StartAsync(command, _bus.Of(command.Namespace).All.Within),
        "emitWithAck" => Emit.StartWithAckAsync(command, _bus.Of(command.Namespace)),
        "socketsJoin" => Sockets.JoinAsync(command, _bus.Of(command.Namespace)),
        "socketsLeave" => Sockets.LeaveAsync(command, _bus.Of(command.Namespace)),
        "disconnectSockets" => Sockets.DisconnectAsync(command, _bus.Of(command.Namespace)),
        "fetchSockets" => Sockets.FetchAsync(command, _bus.Of(command.Namespace)),
        "remoteEmit" => RemoteSockets.EmitAsync(command, _bus.Of(command.Namespace)),
        "remoteEmitWithAck" => RemoteSockets.EmitWithAckAsync(command, _bus.Of(command.Namespace)),
        "serverSideEmit" => ServerSide.EmitAsync(command, _bus.Of(command.Namespace)),
        "serverSideEmitWithAck" => ServerSide.EmitWithAckAsync(command, _bus.Of(command.Namespace)),
        "onServerSide" => Task.FromResult(ServerSide.Handle(command, _bus.Of(command.Namespace), _reports)),
        "serverCount" => CountServersAsync(command),
        "status" => Task.FromResult<JsonNode?>(Status.Of(_bus.State, _bus.Statistics, _transactions.Committed)),
        _ => throw new NotSupportedException($"This node has no command '{command.Op}'."),
    };

    public async ValueTask DisposeAsync()
    {
        await _transactions.WhenEndedAsync();
        await _bus.DisposeAsync();
        await _subscriptions.EndAsync();
    }

    private async Task<JsonNode?> CountServersAsync(Command command) => await _bus.Of(command.Namespace).ServerCountAsync();
}
