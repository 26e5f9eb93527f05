using System.Reflection;
using System.Text.Json.Nodes;
using Npgsql;

namespace EventBus.InteropTests.Harness;

/// <summary>
/// A Node.js process as a member of a cluster: a real Socket.IO server with the Postgres adapter and its clients, or the reference's
/// emitter.
/// </summary>
internal static class NodeProgram
{
    private const string RequiredVariable = "EVENTBUS_REQUIRE_NODE";

    // It is initialized before Missing.
    private static readonly string Folder =
        typeof(NodeProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static attribute => attribute.Key == "NodeHarness").Value!;

    /// <summary>The reason why Node.js cannot be used here; null if it can.</summary>
    /// <remarks>If it is required (<c>EVENTBUS_REQUIRE_NODE=1</c>) this is null, and tests without Node.js fail.</remarks>
    public static string? Missing { get; } = Environment.GetEnvironmentVariable(RequiredVariable) == "1" ? null : FindWhatIsMissing();

    /// <summary>Starts the program, with the options of the conformance node.</summary>
    public static LineProcess Start(string connectionString, IEnumerable<string> options, ReportLog? reports = null) =>
        LineProcess.Start("node", [Path.Combine(Folder, "member.mjs"), "--connection", Connection(connectionString), .. options], reports);

    private static string Connection(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        return new JsonObject
        {
            ["host"] = settings.Host,
            ["port"] = settings.Port,
            ["user"] = settings.Username,
            ["password"] = settings.Password,
            ["database"] = settings.Database ?? settings.Username,
            ["application_name"] = settings.ApplicationName,
        }.ToJsonString();
    }

    private static string? FindWhatIsMissing()
    {
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(static directory => File.Exists(Path.Combine(directory, OperatingSystem.IsWindows() ? "node.exe" : "node")));
        if (!programs)
            return "There is no Node.js.";
        return Directory.Exists(Path.Combine(Folder, "node_modules"))
            ? null
            : "The packages of the interop tests are missing: run eng/setup.sh.";
    }
}
