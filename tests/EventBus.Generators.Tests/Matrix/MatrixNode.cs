using System.Diagnostics;
using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>
/// Runs Node.js with the packages of a Socket.IO server in the cluster. One run takes all requests and returns the results in their order.
/// </summary>
internal static class MatrixNode
{
    private static readonly string Folder = Path.Combine(
        typeof(MatrixNode).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(static data => data.Key == "ProjectDirectory").Value!,
        "..", "EventBus.InteropTests", "node");

    /// <summary>
    /// Whether Node.js or its packages are missing, so that the tests skip. False if they are required (<c>EVENTBUS_REQUIRE_NODE=1</c>):
    /// the tests then fail without them.
    /// </summary>
    public static bool IsMissing =>
        Environment.GetEnvironmentVariable("EVENTBUS_REQUIRE_NODE") != "1"
        && !Directory.Exists(Path.Combine(Folder, "node_modules", "@msgpack"));

    public static JsonObject Read(ValueEncoding encoding, string data, string expression) =>
        new() { ["op"] = "read", ["encoding"] = encoding.ToString(), ["data"] = data, ["expression"] = expression };

    public static JsonObject Write(ValueEncoding encoding, string name, string expression) =>
        new() { ["op"] = "write", ["encoding"] = encoding.ToString(), ["name"] = name, ["expression"] = expression };

    /// <summary>Decodes and encodes the arguments of an event. The answer begins with the step that failed, if one did.</summary>
    public static JsonObject Echo(ValueEncoding encoding, string data) =>
        new() { ["op"] = "echo", ["encoding"] = encoding.ToString(), ["data"] = data };

    public static async Task<IReadOnlyList<string>> AskAsync(IEnumerable<JsonObject> questions, CancellationToken cancellationToken)
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using var process = Process.Start(new ProcessStartInfo("node", ["matrix.mjs"])
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        foreach (var question in questions)
            await process.StandardInput.WriteLineAsync(question.ToJsonString().AsMemory(), cancellationToken);
        process.StandardInput.Close();
        var answers = (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync(cancellationToken);
        Assert.Equal(0, process.ExitCode);
        return [.. answers.Select(static line => JsonNode.Parse(line)!.GetValue<string>())];
    }
}
