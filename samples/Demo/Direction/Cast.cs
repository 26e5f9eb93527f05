using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;

namespace EventBus.Samples.Demo.Direction;

/// <summary>The processes of the demo: two nodes, a publisher and, if Node.js is installed, a Socket.IO server with a client.</summary>
internal sealed class Cast : IAsyncDisposable
{
    private readonly Dictionary<string, LineProcess> _processes = [];

    private Cast()
    {
    }

    /// <summary>The reports of the receivers.</summary>
    public ReportLog Log { get; } = new();

    public bool HasSocketIo => _processes.ContainsKey(Plan.SocketIo);

    public IReadOnlyList<Delivery> Deliveries => [.. Log.All.Where(static report => ReportLog.IsOf(report, "received")).Select(Read)];

    public static async Task<Cast> StartAsync(string connectionString, string prefix, string table, CancellationToken cancellationToken)
    {
        var cast = new Cast();
        try
        {
            var settings = new JsonObject { ["connection"] = connectionString, ["prefix"] = prefix, ["table"] = table };
            foreach (var node in Plan.Receivers.Values.Select(static receiver => receiver.Node).Distinct())
                await cast.StartAsync(node, "node", settings, cancellationToken);
            await cast.StartAsync(Plan.Publisher, "publisher", settings, cancellationToken);
            if (NodeProgram.Missing is null)
                await cast.StartSocketIoAsync(connectionString, prefix, table, cancellationToken);
            return cast;
        }
        catch
        {
            await cast.DisposeAsync();
            throw;
        }
    }

    /// <returns>The time of the emit, by the clock of <see cref="Delivery.At"/>.</returns>
    public async Task<double> EmitAsync(Row row, int number, string? text, CancellationToken cancellationToken)
    {
        var command = new JsonObject { ["rooms"] = Names(row.Rooms), ["except"] = Names(row.Except) };
        if (row.From != Plan.SocketIo)
        {
            command["row"] = number;
            if (text is not null)
                command["text"] = text;
            else
                command["photo"] = row.Photo;
            return (await _processes[row.From].Lines.SendAsync("emit", command, cancellationToken)).GetDouble();
        }

        command["event"] = text is null ? "photo" : "note";
        JsonNode data = text is null ? Binary(Photograph.Take(row.Photo)) : text;
        command["args"] = new JsonArray(number, data);
        return (await _processes[row.From].Lines.SendAsync("emit", command, cancellationToken)).GetDouble();
    }

    /// <summary>Lets every process end by itself.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, process) in _processes)
        {
            var exitCode = await process.StopAsync(cancellationToken);
            if (exitCode != 0)
                throw new InvalidOperationException($"The {name} ended with {exitCode}. {process.Errors}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.Values)
            await process.DisposeAsync();
    }

    private async Task StartAsync(string name, string role, JsonObject settings, CancellationToken cancellationToken)
    {
        var process = LineProcess.Start("dotnet", [Assembly.GetExecutingAssembly().Location, role], Log);
        _processes[name] = process;
        var start = settings.DeepClone().AsObject();
        start["receivers"] = new JsonObject(Plan.Receivers
            .Where(receiver => receiver.Value.Node == name)
            .Select(static receiver => KeyValuePair.Create<string, JsonNode?>(receiver.Key, Names(receiver.Value.Rooms))));
        await process.Lines.SendAsync("start", start, cancellationToken);
    }

    private async Task StartSocketIoAsync(string connectionString, string prefix, string table, CancellationToken cancellationToken)
    {
        var process = NodeProgram.Start(connectionString, ["--prefix", prefix, "--table", table], Log);
        var server = await process.WhenReadyAsync(cancellationToken);
        _processes[Plan.SocketIo] = server;
        var client = new JsonObject { ["socket"] = Plan.Client.Name, ["rooms"] = Names(Plan.Client.Rooms) };
        await server.Lines.SendAsync("subscribe", client, cancellationToken);
    }

    // A node reports the row and the digest; the Socket.IO client reports the arguments.
    private static Delivery Read(JsonElement report)
    {
        var receiver = report.GetProperty("socket").GetString()!;
        var at = report.GetProperty("at").GetDouble();
        if (!report.TryGetProperty("args", out var arguments))
            return new(receiver, report.GetProperty("row").GetInt32(), report.GetProperty("digest").GetString()!, at);

        var value = arguments[1];
        var digest = value.ValueKind == JsonValueKind.String
            ? Digest.Of(value.GetString()!)
            : Digest.Of(Convert.FromHexString(value.GetProperty("$bin").GetString()!));
        return new(receiver, arguments[0].GetInt32(), digest, at);
    }

    private static JsonObject Binary(byte[] bytes) => new() { ["$bin"] = Convert.ToHexStringLower(bytes) };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(static name => JsonValue.Create(name))];
}
