using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Conformance;

/// <summary>A conformance node as a process.</summary>
internal sealed class ConformanceProcess : IAsyncDisposable
{
    private ConformanceProcess(LineProcess process) => Lines = process;

    public LineProcess Lines { get; }

    /// <summary>Starts the program without waiting for its <c>ready</c>.</summary>
    public static ConformanceProcess Run(params IEnumerable<string> arguments) =>
        new(LineProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EventBus.ConformanceNode.dll"), .. arguments]));

    public static async Task<ConformanceProcess> StartAsync(PostgresFixture postgres, string prefix, CancellationToken cancellationToken, params string[] arguments)
    {
        var node = Run(["--connection", postgres.ConnectionString, "--prefix", prefix, .. arguments]);
        try
        {
            await node.Lines.Reports.WaitForAsync("ready", cancellationToken: cancellationToken);
            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public Task<JsonElement> AskAsync(string op, string? fields = null, CancellationToken? cancellationToken = null) =>
        Lines.AskAsync(op, fields is null ? null : JsonNode.Parse(fields)!.AsObject(), cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>What a socket has received so far, as <c>nsp name args</c>.</summary>
    public string[] Received(string socket) =>
        [.. Lines.Reports.All.Where(report => ReportLog.IsOf(report, "received") && report.GetProperty("socket").ValueEquals(socket)).Select(Print)];

    /// <summary>Waits until a socket has the event.</summary>
    public Task WaitForAsync(string socket, string eventName) => Lines.Reports.WaitForAsync(
        "received", report => report.GetProperty("socket").ValueEquals(socket) && report.GetProperty("name").ValueEquals(eventName), TestContext.Current.CancellationToken);

    /// <returns>The exit code, after <c>stop</c>.</returns>
    public async Task<int> StopAsync()
    {
        await AskAsync("stop");
        return await Lines.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Lines.DisposeAsync();

    private static string Print(JsonElement report) =>
        $"{report.GetProperty("nsp").GetString()} {report.GetProperty("name").GetString()} {report.GetProperty("args").GetRawText()}";
}
