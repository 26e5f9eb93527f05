using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.Chaos.Faults;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.Chaos.Direction;

/// <summary>A process of the program, behind its proxy.</summary>
internal sealed class Child(string name, string role, int serverPort) : IAsyncDisposable
{
    private static readonly TimeSpan HangLimit = TimeSpan.FromMinutes(2);

    private readonly LineProcess _process = LineProcess.Start("dotnet", [Assembly.GetExecutingAssembly().Location, role]);
    private int _stateReportsSeen;

    public string Name => name;

    public FaultProxy Proxy { get; } = new(serverPort);

    public int ProcessId { get; private set; }

    public async Task StartAsync(Stage stage, IEnumerable<(string Name, int Value)> fields)
    {
        var settings = new NpgsqlConnectionStringBuilder(stage.Server.ConnectionString)
        {
            Port = Proxy.Port,
            ApplicationName = $"chaos {name}",
        };
        var command = new JsonObject
        {
            ["connection"] = settings.ConnectionString,
            ["prefix"] = stage.Name,
            ["table"] = stage.Name,
        };
        foreach (var (field, value) in fields)
            command[field] = field is "asNode" or "managed" ? value != 0 : value;
        ProcessId = (await SendAsync("start", command)).GetInt32();
    }

    public Task<JsonElement> SendAsync(string op, JsonObject? fields = null) =>
        _process.Lines.SendAsync(op, fields).WaitAsync(HangLimit, TimeProvider.System);

    public Task<JsonElement> SendAsync(string op, params (string Name, int Value)[] fields) =>
        SendAsync(op, new JsonObject(fields.Select(static field => KeyValuePair.Create<string, JsonNode?>(field.Name, field.Value))));

    /// <summary>From now on, <see cref="UntilStateAsync"/> ignores earlier changes.</summary>
    public void ForgetStates() => _stateReportsSeen = _process.Lines.Reports.All.Count;

    /// <summary>Waits for the next change to a state after the change of the last call.</summary>
    /// <returns>Its moment; not a number if it did not come.</returns>
    public async Task<double> UntilStateAsync(BusState state, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit, TimeProvider.System);
        try
        {
            var seen = _stateReportsSeen;
            var found = await _process.Lines.Reports.WaitAsync(reports => Find(reports, seen, state), timeout.Token);
            _stateReportsSeen = found.Index + 1;
            return found.At;
        }
        catch (OperationCanceledException)
        {
            return double.NaN;
        }
    }

    /// <summary>How often the node has listened again.</summary>
    public async Task<long> ReadReconnectsAsync() => (await SendAsync("reconnects")).GetInt64();

    /// <summary>Waits until the node listens again. Its publishing connection may follow later.</summary>
    /// <param name="before">The result of <see cref="ReadReconnectsAsync"/> before it was lost.</param>
    /// <param name="limit">The longest time.</param>
    /// <returns>The moment; not a number if it did not come.</returns>
    public async Task<double> UntilListeningAgainAsync(long before, TimeSpan limit)
    {
        for (var began = Clock.Milliseconds; Clock.Milliseconds - began < limit.TotalMilliseconds;)
        {
            if (await ReadReconnectsAsync() > before)
                return Clock.Milliseconds;
            await Clock.DelayAsync(0.01);
        }

        return double.NaN;
    }

    /// <summary>The process ids of this process's backends.</summary>
    public async Task<int[]> FindBackendsAsync(Stage stage, Func<ProxyLink, bool> ofLinks)
    {
        var ports = Proxy.Links.Where(ofLinks).Select(static link => link.ServerSidePort).ToArray();
        return (int[])(await stage.ExecuteAsync(
            """
            SELECT coalesce(array_agg(pid), '{}') FROM pg_stat_activity
            WHERE client_addr = '127.0.0.1' AND client_port = ANY($1)
            """,
            ports))!;
    }

    /// <summary>Ends its listening or publishing backends.</summary>
    /// <returns>How many were ended.</returns>
    public async Task<int> KillBackendsAsync(Stage stage, Func<ProxyLink, bool> ofLinks)
    {
        var ports = Proxy.Links.Where(ofLinks).Select(static link => link.ServerSidePort).ToArray();
        return (int)(long)(await stage.ExecuteAsync(
            """
            SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE client_addr = '127.0.0.1' AND client_port = ANY($1)
            """,
            ports))!;
    }

    /// <returns>Its exit code after it has stopped.</returns>
    public Task<int> WaitForExitAsync() => _process.WaitForExitAsync().WaitAsync(HangLimit, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        await Proxy.DisposeAsync();
    }

    private static Found? Find(IReadOnlyList<JsonElement> reports, int from, BusState state)
    {
        for (var i = from; i < reports.Count; i++)
        {
            if (ReportLog.IsOf(reports[i], "state") && reports[i].GetProperty("state").GetString() == $"{state}")
                return new Found(i, reports[i].GetProperty("at").GetDouble());
        }

        return null;
    }

    private sealed record Found(int Index, double At);
}
