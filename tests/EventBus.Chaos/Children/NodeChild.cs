using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using EventBus.Hosting;
using Npgsql;

namespace EventBus.Chaos.Children;

/// <summary>A process with one node and its receivers.</summary>
internal sealed class NodeChild(ChildLines lines) : IChild
{
    private const int MostTries = 500;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly CountingLogger _logger = new();
    private readonly ConcurrentDictionary<string, long> _lost = new();
    private readonly List<Arrivals> _receivers = [];
    private NpgsqlDataSource? _dataSource;
    private IEventBus? _bus;
    private long _timers;

    private IEventBus Bus => _bus ?? throw new InvalidOperationException("The node has not started.");

    public async Task<JsonNode?> ExecuteAsync(string op, JsonObject command)
    {
        switch (op)
        {
            case "start":
                return await StartAsync(command);
            case "block":
                _receivers[ChildOptions.Number(command, "receiver", 0)].Block();
                return null;
            case "unblock":
                _receivers[ChildOptions.Number(command, "receiver", 0)].Unblock();
                return null;
            case "report":
                return Describe();
            case "reconnects":
                return Bus.Statistics.Reconnects;
            case "delays":
                // A receiver that was blocked is not one of the others.
                return new JsonArray([.. _receivers.Skip(ChildOptions.Number(command, "from", 0))
                    .SelectMany(static receiver => receiver.TakeDelays()).Select(static delay => JsonValue.Create(delay))]);
            case "close":
                return await CloseAsync();
            case "timers":
                return await CountTimersAsync();
            case "stop":
                return null;
            default:
                throw new ArgumentException($"unknown: {op}");
        }
    }

    public void Dispose() => _logger.Dispose();

    private async Task<JsonNode?> StartAsync(JsonObject command)
    {
        _timers = Timer.ActiveCount;
        _dataSource = NpgsqlDataSource.Create(ChildOptions.Connection(command));
        _bus = await EventBusNode.StartAsync(_dataSource, ChildOptions.Read(command), _logger);
        _bus.StateChanged += state => lines.Report(
            new JsonObject { ["event"] = "state", ["state"] = $"{state}", ["at"] = Clock.Milliseconds });
        _bus.GapDetected += gap => _lost.AddOrUpdate(gap.Source, gap.Lost, (_, lost) => lost + gap.Lost);
        _bus.AttachmentLost += lost => _lost.AddOrUpdate(lost.Source ?? "", 1, static (_, lost) => lost + 1);
        for (var i = 0; i < ChildOptions.Number(command, "receivers", 1); i++)
        {
            var receiver = new Arrivals();
            _receivers.Add(receiver);
            await _bus.AddHandlerAsync<IChaosEvents>(receiver);
        }

        return Environment.ProcessId;
    }

    private JsonObject Describe()
    {
        using var process = Process.GetCurrentProcess();
        return new JsonObject
        {
            ["state"] = $"{Bus.State}",
            ["arrivals"] = new JsonArray([.. _receivers.Select(static receiver => receiver.Describe())]),
            ["lost"] = new JsonObject(_lost.Select(static lost => KeyValuePair.Create<string, JsonNode?>(lost.Key, lost.Value))),
            ["reconnects"] = Bus.Statistics.Reconnects,
            ["dropped"] = Bus.Statistics.Dropped,
            ["logged"] = _logger.Entries.Values.Sum(),
            ["heap"] = GC.GetTotalMemory(forceFullCollection: true),
            ["workingSet"] = process.WorkingSet64,
            ["handles"] = process.HandleCount,
            ["threads"] = ThreadPool.ThreadCount,
            ["timers"] = Timer.ActiveCount,
        };
    }

    /// <returns>The duration of the stop, and its exception.</returns>
    private async Task<JsonNode?> CloseAsync()
    {
        var began = Stopwatch.GetTimestamp();
        string? thrown = null;
        try
        {
            await Bus.DisposeAsync();
        }
        catch (Exception exception) // It must not throw: the director counts it.
        {
            thrown = exception.ToString();
        }

        var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        return new JsonObject { ["elapsed"] = elapsed, ["thrown"] = thrown };
    }

    /// <returns>The timers that the stopped node leaves behind when its connections are closed.</returns>
    private async Task<JsonNode?> CountTimersAsync()
    {
        if (_dataSource is not null)
            await _dataSource.DisposeAsync();
        for (var tries = 0; Timer.ActiveCount > _timers && tries < MostTries; tries++)
            await Task.Delay(Pause, TimeProvider.System);
        return Timer.ActiveCount - _timers;
    }
}
