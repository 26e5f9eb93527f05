using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;

namespace EventBus.InteropTests.Conformance;

/// <summary>A conformance node as a process.</summary>
internal sealed class ConformanceProcess : IAsyncDisposable
{
    private ConformanceProcess(LineProcess process) => Process = process;

    public LineProcess Process { get; }

    public LineConnection Lines => Process.Lines;

    /// <summary>Starts the program without waiting for its <c>ready</c>.</summary>
    public static ConformanceProcess Run(params IEnumerable<string> arguments) => new(DotNetProgram.Run(arguments));

    public static Task<ConformanceProcess> StartAsync(
        PostgresFixture postgres, string prefix, CancellationToken cancellationToken, params string[] arguments) =>
        StartAsync(postgres.ConnectionString, prefix, cancellationToken, arguments);

    public static async Task<ConformanceProcess> StartAsync(
        string connectionString, string prefix, CancellationToken cancellationToken, params string[] arguments) =>
        new(
            await DotNetProgram.Run(["--connection", connectionString, "--prefix", prefix, .. arguments])
                .WhenReadyAsync(cancellationToken));

    public Task<JsonElement> SendAsync(string op, string? fields = null, CancellationToken? cancellationToken = null) =>
        Lines.SendAsync(
            op, fields is null ? null : JsonNode.Parse(fields)!.AsObject(), cancellationToken ?? TestContext.Current.CancellationToken);

    /// <summary>The events that a socket has received so far, as <c>nsp name args</c>.</summary>
    public string[] Received(string socket) =>
    [
        .. Lines.Reports.All
            .Where(report => ReportLog.IsOf(report, "received") && report.GetProperty("socket").ValueEquals(socket))
            .Select(Print),
    ];

    /// <summary>Waits until a socket has received the event.</summary>
    public Task WaitForAsync(string socket, string eventName) => Lines.Reports.WaitForAsync(
        "received",
        report => report.GetProperty("socket").ValueEquals(socket) && report.GetProperty("name").ValueEquals(eventName),
        TestContext.Current.CancellationToken);

    /// <summary>Repeats the command until the result is as expected.</summary>
    public async Task WhenAsync(string op, Func<JsonElement, bool> isExpected)
    {
        while (!isExpected(await SendAsync(op, "{}")))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits until it has counted this number of received events. An event is counted after its handler has begun.</summary>
    public Task WhenReceivedAsync(int events) =>
        WhenAsync("status", status => status.GetProperty("received").GetInt32() == events);

    /// <summary>Waits until it counts this number of nodes.</summary>
    public Task WhenCountsAsync(int nodes) =>
        WhenAsync("serverCount", count => count.ValueKind == JsonValueKind.Number && count.GetInt32() == nodes);

    /// <returns>The exit code, after <c>stop</c>.</returns>
    public Task<int> StopAsync() => Process.StopAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static string Print(JsonElement report) =>
        $"{report.GetProperty("nsp").GetString()} {report.GetProperty("name").GetString()} {report.GetProperty("args").GetRawText()}";
}
