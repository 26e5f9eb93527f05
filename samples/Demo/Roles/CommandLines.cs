using System.Text;
using System.Text.Json.Nodes;

namespace EventBus.Samples.Demo.Roles;

/// <summary>Reads the commands of the director and writes responses: one JSON object per line. Thread-safe for writing.</summary>
internal sealed class CommandLines : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamReader _input = new(Console.OpenStandardInput(), Encoding.UTF8);
    private readonly StreamWriter _output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = true,
    };

    /// <returns>The next command; null if the director has ended.</returns>
    public async Task<JsonObject?> ReadAsync() => await _input.ReadLineAsync() is { } line ? JsonNode.Parse(line)!.AsObject() : null;

    public void Answer(JsonObject command, JsonNode? result = null) =>
        Write(new JsonObject { ["id"] = command["id"]!.DeepClone(), ["ok"] = true, ["result"] = result });

    public void Report(string socket, int row, string digest) => Write(new JsonObject
    {
        ["event"] = "received",
        ["socket"] = socket,
        ["row"] = row,
        ["digest"] = digest,
        ["at"] = Clock.Milliseconds,
    });

    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
    }

    private void Write(JsonObject line)
    {
        lock (_lock)
            _output.WriteLine(line.ToJsonString());
    }
}
