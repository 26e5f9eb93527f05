using System.Text;
using System.Text.Json.Nodes;

namespace EventBus.Chaos.Children;

/// <summary>Reads the commands of the director and writes results and reports: one JSON object per line. Thread-safe for writing.</summary>
internal sealed class ChildLines : IDisposable
{
    private readonly Lock _lock = new();
    private readonly StreamReader _input = new(Console.OpenStandardInput(), Encoding.UTF8);
    private readonly StreamWriter _output = new(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))
    {
        AutoFlush = true,
    };

    /// <summary>Executes the commands, one at a time, until "stop" was executed or the director has ended.</summary>
    /// <param name="execute">Executes a command and returns its result.</param>
    public async Task ServeAsync(Func<string, JsonObject, Task<JsonNode?>> execute)
    {
        while (await _input.ReadLineAsync() is { } line)
        {
            var command = JsonNode.Parse(line)!.AsObject();
            var op = command["op"]!.GetValue<string>();
            var answer = new JsonObject { ["id"] = command["id"]!.DeepClone() };
            try
            {
                answer["result"] = await execute(op, command);
                answer["ok"] = true;
            }
            catch (Exception exception) // The director decides what a failure means.
            {
                answer["ok"] = false;
                answer["error"] = new JsonObject { ["type"] = exception.GetType().Name, ["message"] = exception.Message };
            }

            Write(answer);
            if (op == "stop")
                return;
        }
    }

    public void Report(JsonObject report) => Write(report);

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
