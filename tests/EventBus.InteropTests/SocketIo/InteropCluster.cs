using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.ConformanceNode.Values;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>One cluster of a Socket.IO server with clients, a .NET node with sockets, and both emitters. Every receiver is there twice: as <c>node.name</c> and as <c>net.name</c>.</summary>
internal sealed class InteropCluster : IAsyncDisposable
{
    private static readonly (string Name, string Nsp, string[] Rooms)[] Everyone =
    [
        ("plain", "/", []),
        ("one", "/", ["r1"]),
        ("two", "/", ["r2"]),
        ("both", "/", ["r1", "r2", "späť 😀"]),
        ("chat", "/chat", ["r1"]),
    ];

    private static readonly string[] Namespaces = ["/", "/chat"];

    private readonly NpgsqlDataSource _dataSource;

    private InteropCluster(NpgsqlDataSource dataSource, ReportLog log, NodeServer node, IEventBus bus, EventBusPublisher publisher)
    {
        _dataSource = dataSource;
        Log = log;
        Node = node;
        Bus = bus;
        Publisher = publisher;
    }

    /// <summary>What all receivers got.</summary>
    public ReportLog Log { get; }

    public NodeServer Node { get; }

    public IEventBus Bus { get; }

    public EventBusPublisher Publisher { get; }

    public static IEnumerable<string> Names(string nsp) => Everyone.Where(receiver => receiver.Nsp == nsp).Select(static receiver => receiver.Name);

    public static async Task<InteropCluster> StartAsync(PostgresFixture postgres, CancellationToken cancellationToken)
    {
        Assert.SkipWhen(NodeServer.Missing is not null, NodeServer.Missing ?? "");
        var prefix = PostgresFixture.NewPrefix();
        var log = new ReportLog();
        var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        var options = new EventBusOptions { ChannelPrefix = prefix, ErrorHandler = exception => log.Add(Report("error", "net", exception.ToString())) };
        var node = await NodeServer.StartAsync(
            postgres.ConnectionString, new JsonObject { ["channelPrefix"] = prefix }, Namespaces, log, cancellationToken);
        var bus = await EventBusNode.StartAsync(dataSource, options, cancellationToken: cancellationToken);
        var cluster = new InteropCluster(dataSource, log, node, bus, EventBusPublisher.Create(dataSource, options));
        await cluster.ConnectAsync(cancellationToken);
        return cluster;
    }

    public async Task EmitAsync(Sender sender, Emission emission, CancellationToken cancellationToken)
    {
        if (sender is Sender.NodeServer or Sender.NodeEmitter)
        {
            await Node.AskAsync(sender == Sender.NodeServer ? "emit" : "emitter", Fields(emission), cancellationToken);
            return;
        }

        using var json = JsonDocument.Parse(emission.Args);
        var arguments = json.RootElement.EnumerateArray().Select(JsonValues.Read).ToArray();
        if (sender == Sender.DotNetNode)
        {
            var target = Bus.Of(emission.Nsp).All.To(emission.Rooms).Except(emission.Except);
            target = emission.Volatile ? target.Volatile : target;
            target = emission.Compress is { } compress ? target.Compress(compress) : target;
            await target.EmitAsync(emission.Event, arguments, cancellationToken);
        }
        else
        {
            var target = Publisher.Of(emission.Nsp).To(emission.Rooms).Except(emission.Except);
            target = emission.Volatile ? target.Volatile : target;
            target = emission.Compress is { } compress ? target.Compress(compress) : target;
            await target.EmitAsync(emission.Event, arguments, cancellationToken);
        }
    }

    /// <summary>Whom an emission of that sender has to reach, by their full names.</summary>
    public static string[] Receivers(Sender sender, Emission emission) =>
    [
        .. emission.Receivers.Select(static name => $"net.{name}"),
        .. sender == Sender.NodeEmitter ? [] : emission.Receivers.Select(static name => $"node.{name}"),
    ];

    /// <summary>What one receiver got so far: the names of the events.</summary>
    public string[] Received(string receiver) => [.. Events(receiver, Log.All).Select(static report => report.GetProperty("name").GetString()!)];

    /// <summary>Waits until a receiver has the event.</summary>
    /// <returns>The event's arguments.</returns>
    public async Task<JsonElement> WaitForAsync(string receiver, string eventName, CancellationToken cancellationToken)
    {
        var report = await Log.WaitForAsync("received", report => Is(report, "socket", receiver) && Is(report, "name", eventName), cancellationToken);
        return report.GetProperty("args");
    }

    public async ValueTask DisposeAsync()
    {
        await Node.DisposeAsync();
        await Publisher.DisposeAsync();
        await Bus.DisposeAsync();
        await _dataSource.DisposeAsync();
    }

    private static IEnumerable<JsonElement> Events(string receiver, IEnumerable<JsonElement> reports) =>
        reports.Where(report => ReportLog.IsOf(report, "received") && Is(report, "socket", receiver));

    private static bool Is(JsonElement report, string field, string value) => report.GetProperty(field).ValueEquals(value);

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, nsp, rooms) in Everyone)
        {
            await Node.ConnectAsync($"node.{name}", nsp, rooms, cancellationToken);
            await Bus.Of(nsp).ConnectAsync(new SocketOptions { Rooms = rooms }, socket => socket.OnAny((eventName, arguments) =>
            {
                Log.Add(Received($"net.{name}", nsp, eventName, arguments));
                return ValueTask.CompletedTask;
            }), cancellationToken);
        }

        foreach (var nsp in Namespaces)
            await Node.ServerCountAsync(nsp, atLeast: 2, cancellationToken);
    }

    private static JsonElement Received(string socket, string nsp, string name, IReadOnlyList<EventValue> arguments)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("event", "received");
            json.WriteString("socket", socket);
            json.WriteString("nsp", nsp);
            json.WriteString("name", name);
            json.WriteStartArray("args");
            foreach (var argument in arguments)
                JsonValues.Write(json, argument);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Parse(buffer.ToArray());
    }

    private static JsonElement Report(string kind, string socket, string message) =>
        Parse(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["event"] = kind, ["socket"] = socket, ["message"] = message }));

    private static JsonElement Parse(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private static JsonObject Fields(Emission emission)
    {
        var flags = new JsonObject();
        if (emission.Volatile)
            flags["volatile"] = true;
        if (emission.Compress is { } compress)
            flags["compress"] = compress;
        return new JsonObject
        {
            ["nsp"] = emission.Nsp,
            ["rooms"] = Array(emission.Rooms),
            ["except"] = Array(emission.Except),
            ["flags"] = flags,
            ["event"] = emission.Event,
            ["args"] = JsonNode.Parse(emission.Args),
        };
    }

    private static JsonArray Array(string[] names) => [.. names.Select(static name => JsonValue.Create(name))];
}
