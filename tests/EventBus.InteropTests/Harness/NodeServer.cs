using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;

namespace EventBus.InteropTests.Harness;

/// <summary>A real Socket.IO server with the Postgres adapter, its clients and an emitter, in a Node.js process.</summary>
internal sealed class NodeServer : IAsyncDisposable
{
    private const string RequiredVariable = "EVENTBUS_REQUIRE_NODE";

    // Set before Missing is.
    private static readonly string Folder =
        typeof(NodeServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static attribute => attribute.Key == "NodeHarness").Value!;

    private readonly LineProcess _process;

    private NodeServer(LineProcess process) => _process = process;

    public ReportLog Reports => _process.Reports;

    /// <summary>Why there is no Node.js to use here; null where there is one.</summary>
    /// <remarks>Where it is required (<c>EVENTBUS_REQUIRE_NODE=1</c>) nothing is missing: then what needs it fails.</remarks>
    public static string? Missing { get; } = Environment.GetEnvironmentVariable(RequiredVariable) == "1" ? null : FindWhatIsMissing();

    /// <summary>Starts a server that is a member of the cluster, in these bus namespaces, when this has completed.</summary>
    public static async Task<NodeServer> StartAsync(
        string connectionString, JsonObject adapter, IEnumerable<string> namespaces, ReportLog reports, CancellationToken cancellationToken)
    {
        var server = new NodeServer(LineProcess.Start("node", [Path.Combine(Folder, "server.mjs")], reports));
        try
        {
            await server._process.AskAsync("start", new JsonObject
            {
                ["connection"] = Connection(connectionString),
                ["adapter"] = adapter.DeepClone(),
                ["namespaces"] = new JsonArray([.. namespaces.Select(static name => JsonValue.Create(name))]),
            }, cancellationToken);
            return server;
        }
        catch
        {
            await server._process.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> AskAsync(string op, JsonObject? fields = null, CancellationToken cancellationToken = default) =>
        _process.AskAsync(op, fields, cancellationToken);

    /// <summary>Adds a client of this server that is in these rooms.</summary>
    public Task ConnectAsync(string client, string nsp, IEnumerable<string> rooms, CancellationToken cancellationToken = default) =>
        _process.AskAsync("connect", new JsonObject
        {
            ["client"] = client,
            ["nsp"] = nsp,
            ["rooms"] = new JsonArray([.. rooms.Select(static room => JsonValue.Create(room))]),
        }, cancellationToken);

    /// <summary>Waits until this server knows of at least that many nodes, itself among them.</summary>
    /// <returns>How many it knows.</returns>
    public async Task<int> ServerCountAsync(string nsp, int atLeast = 0, CancellationToken cancellationToken = default)
    {
        var count = await _process.AskAsync("serverCount", new JsonObject { ["nsp"] = nsp, ["atLeast"] = atLeast }, cancellationToken);
        return count.GetInt32();
    }

    /// <summary>Closes the server and its clients, and waits until its process has ended.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _process.AskAsync("stop", cancellationToken: cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static JsonObject Connection(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new JsonObject
        {
            ["host"] = settings.Host,
            ["port"] = settings.Port,
            ["user"] = settings.Username,
            ["password"] = settings.Password,
            ["database"] = settings.Database ?? settings.Username,
        };
    }

    private static string? FindWhatIsMissing()
    {
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(static directory => File.Exists(Path.Combine(directory, OperatingSystem.IsWindows() ? "node.exe" : "node")));
        if (!programs)
            return "There is no Node.js.";
        return Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : "The packages of the interop tests are missing: run eng/setup.sh.";
    }
}
