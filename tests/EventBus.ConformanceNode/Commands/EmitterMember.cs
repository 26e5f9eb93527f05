using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Lines;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.ConformanceNode.Commands;

/// <summary>The commands of a publisher that joins nothing. Its state follows from the outcome of its last event.</summary>
internal sealed class EmitterMember : IMember
{
    private readonly EventBusPublisher _publisher;
    private readonly Transactions _transactions;
    private readonly Reports _reports;
    private readonly Lock _lock = new();
    private BusState _state = BusState.Connected;

    private EmitterMember(EventBusPublisher publisher, NpgsqlDataSource? dataSource, Reports reports)
    {
        _publisher = publisher;
        _transactions = new Transactions(dataSource);
        _reports = reports;
    }

    public string Uid => "emitter";

    public static async Task<EmitterMember> StartAsync(NpgsqlDataSource dataSource, EventBusOptions options, Reports reports)
    {
        // Created first, because it validates the options.
        var publisher = EventBusPublisher.Create(dataSource, options);
        try
        {
            await using (await dataSource.OpenConnectionAsync())
                return new EmitterMember(publisher, dataSource, reports);
        }
        catch
        {
            await publisher.DisposeAsync();
            throw;
        }
    }

    public static EmitterMember Start(InMemoryCluster cluster, EventBusOptions options, Reports reports) =>
        new(EventBusPublisher.Create(cluster, options), dataSource: null, reports);

    public Task<JsonNode?> StartAsync(Command command) => command.Op switch
    {
        "emit" => PublishAsync(Emit.StartAsync(command, _publisher.Of(command.Namespace))),
        "emitInTransaction" => PublishAsync(_transactions.StartAsync(command, _publisher.Of(command.Namespace).Within)),
        "socketsJoin" => PublishAsync(Sockets.JoinAsync(command, _publisher.Of(command.Namespace))),
        "socketsLeave" => PublishAsync(Sockets.LeaveAsync(command, _publisher.Of(command.Namespace))),
        "disconnectSockets" => PublishAsync(Sockets.DisconnectAsync(command, _publisher.Of(command.Namespace))),
        "serverSideEmit" => PublishAsync(ServerSideEmitAsync(command)),
        "status" => Task.FromResult<JsonNode?>(Status.Of(_state, _publisher.Statistics, _transactions.Committed)),
        _ => throw new NotSupportedException($"An emitter does not support '{command.Op}'."),
    };

    public async ValueTask DisposeAsync()
    {
        await _transactions.WhenEndedAsync();
        await _publisher.DisposeAsync();
    }

    private async Task<JsonNode?> ServerSideEmitAsync(Command command)
    {
        await _publisher.ServerSideEmitAsync(command.Text("event"), command.Values("args"), command.Namespace);
        return null;
    }

    private async Task<JsonNode?> PublishAsync(Task<JsonNode?> publishing)
    {
        try
        {
            var result = await publishing;
            Become(BusState.Connected);
            return result;
        }
        catch (Exception exception) when (exception is EventNotSentException { IsTransient: true } or EventOutcomeUnknownException)
        {
            Become(BusState.Reconnecting);
            throw;
        }
    }

    private void Become(BusState state)
    {
        lock (_lock)
        {
            if (_state == state)
                return;
            _state = state;
            _reports.State(state);
        }
    }
}
