using System.Text.Json.Nodes;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Chaos.Children;

/// <summary>A process with many nodes, each with connections of its own as in its own process.</summary>
internal sealed class CrowdChild : IChild
{
    private const int StartingAtATime = 8;

    private readonly List<(IEventBus Bus, NpgsqlDataSource DataSource)> _nodes = [];
    private readonly Lock _lock = new();
    private readonly HashSet<string> _away = [];
    private readonly List<double> _backAt = [];
    private int _left;

    public async Task<JsonNode?> ExecuteAsync(string op, JsonObject command)
    {
        switch (op)
        {
            case "start":
                var options = new ParallelOptions { MaxDegreeOfParallelism = StartingAtATime };
                var nodes = Enumerable.Range(0, ChildOptions.Number(command, "nodes", 100));
                await Parallel.ForEachAsync(nodes, options, (_, _) => AddAsync(command));
                return Environment.ProcessId;
            case "report":
                lock (_lock)
                    return new JsonObject { ["left"] = _left, ["away"] = _away.Count, ["backAt"] = new JsonArray([.. _backAt]) };
            case "stop":
                await Task.WhenAll(_nodes.Select(static node => node.Bus.DisposeAsync().AsTask()));
                foreach (var (_, dataSource) in _nodes)
                    await dataSource.DisposeAsync();
                return null;
            default:
                throw new ArgumentException($"unknown: {op}");
        }
    }

    public void Dispose()
    {
    }

    private async ValueTask AddAsync(JsonObject command)
    {
        var dataSource = NpgsqlDataSource.Create(ChildOptions.Connection(command));
        var bus = await EventBusNode.StartAsync(dataSource, ChildOptions.Read(command));
        bus.StateChanged += state => Note(bus.Uid, state);
        lock (_lock)
            _nodes.Add((bus, dataSource));
    }

    private void Note(string uid, BusState state)
    {
        lock (_lock)
        {
            if (state != BusState.Connected)
                _left += _away.Add(uid) ? 1 : 0;
            else if (_away.Remove(uid))
                _backAt.Add(Clock.Milliseconds);
        }
    }
}
