using System.Text.Json;
using EventBus.InteropTests.Harness;
using EventBus.Testing;
using Npgsql;

namespace EventBus.InteropTests.Conformance;

/// <summary>The conformance node while its database is killed, or does not respond.</summary>
public sealed class DatabaseTests : IAsyncLifetime
{
    private readonly string _prefix = PostgresFixture.NewPrefix();
    private PostgresServer? _server;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);

    public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact(Timeout = 180_000)]
    public async Task Killed_database_is_reported_and_every_command_has_a_result()
    {
        await using var sender = await StartAsync();
        await using var receiver = await StartAsync("--heartbeat-interval", "500");
        await using var emitter = await StartAsync("--emitter");
        await sender.SendAsync("subscribe", """{"socket":"a"}""");
        await receiver.SendAsync("subscribe", """{"socket":"b"}""");
        await sender.SendAsync("emit", """{"event":"before"}""");
        await receiver.WaitForAsync("b", "before");

        await Server.StopAsync(ServerStop.Immediate, Cancellation);
        await Task.WhenAll(StateAsync(sender, "reconnecting"), StateAsync(receiver, "reconnecting"));
        Task<string>[] failing =
        [
            FailAsync(sender, "emit", """{"event":"during"}"""),
            FailAsync(sender, "emitWithAck", """{"event":"asked","timeoutMs":100}"""),
            FailAsync(sender, "fetchSockets", """{"timeoutMs":100}"""),
            FailAsync(sender, "serverSideEmitWithAck", """{"event":"asked","timeoutMs":100}"""),
            FailAsync(sender, "emitInTransaction", """{"commit":true,"events":[{"event":"during"}]}"""),
            FailAsync(emitter, "emit", """{"event":"during"}"""),
            FailAsync(emitter, "emitInTransaction", """{"commit":false,"events":[{"event":"during"}]}"""),
        ];
        await sender.WaitForAsync("a", "during");
        Assert.Equal("reconnecting", (await sender.SendAsync("status")).GetProperty("state").GetString());
        foreach (var type in await Task.WhenAll(failing))
            Assert.Contains(type, (string[])["NotSent", "Unknown"]);
        await StateAsync(emitter, "reconnecting");

        await Server.StartAgainAsync(Cancellation);
        await Task.WhenAll(StateAsync(sender, "connected"), StateAsync(receiver, "connected"));
        await Task.WhenAll(
            sender.SendAsync("emit", """{"event":"after"}"""),
            emitter.SendAsync("emitInTransaction", """{"commit":true,"events":[{"event":"after"}]}"""));
        await StateAsync(emitter, "connected");
        await receiver.WaitForAsync("b", "after");

        // A message that was not sent has burned its number, so a receiver that knows the source counts it as lost. The losses of a new
        // connection are counted when the role of its backend is known, and reported a moment later.
        await receiver.WhenAsync("status", status => status.GetProperty("lost").GetInt64() is > 0 and var lost && lost == Lost(receiver));
        Assert.DoesNotContain("/ during []", receiver.Received("b"));
        Assert.All(
            await Task.WhenAll(sender.StopAsync(), receiver.StopAsync(), emitter.StopAsync()),
            static exitCode => Assert.Equal(0, exitCode));
    }

    [Fact(Timeout = 180_000)]
    public async Task Stop_works_without_the_database()
    {
        await using var node = await StartAsync();
        await Server.StopAsync(ServerStop.Immediate, Cancellation);

        var emitting = FailAsync(node, "emit", """{"event":"last"}""");
        Assert.Equal(0, await node.StopAsync());
        Assert.Contains(await emitting, (string[])["NotSent", "Unknown"]);
    }

    [Theory(Timeout = 180_000)]
    [InlineData(true, "Unknown")]
    [InlineData(false, "NotSent")]
    public async Task Transaction_ends_although_its_connection_is_dead(bool commit, string type)
    {
        await using var node = await StartAsync();
        var running = FailAsync(
            node, "emitInTransaction", $$"""{"commit":{{(commit ? "true" : "false")}},"delayMs":6000,"events":[{"event":"e"}]}""");
        var backend = await FindBackendAsync();
        await Server.PauseBackendAsync(backend, Cancellation);
        try
        {
            // Npgsql alone would wait for 30 seconds.
            Assert.Equal(type, await running.WaitAsync(TimeSpan.FromSeconds(28), Cancellation));
        }
        finally
        {
            await Server.ResumeBackendAsync(backend, Cancellation);
        }
    }

    [Theory(Timeout = 180_000)]
    [InlineData(true, "Unknown")]
    [InlineData(false, "NotSent")]
    public async Task Killed_transaction_has_a_result(bool commit, string type)
    {
        await using var node = await StartAsync();
        var running = FailAsync(
            node, "emitInTransaction", $$"""{"commit":{{(commit ? "true" : "false")}},"delayMs":6000,"events":[{"event":"e"}]}""");
        var backend = await FindBackendAsync();
        await using var observer = NpgsqlDataSource.Create(Server.ConnectionString);
        await using var command = observer.CreateCommand($"SELECT pg_terminate_backend({backend})");
        Assert.Equal(true, await command.ExecuteScalarAsync(Cancellation));

        Assert.Equal(type, await running);
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(Server.ConnectionString, _prefix, Cancellation, arguments);

    private static async Task StateAsync(ConformanceProcess node, string state) => await node.Lines.Reports.WaitAsync(
        reports =>
            reports.LastOrDefault(static report => ReportLog.IsOf(report, "state")) is { ValueKind: JsonValueKind.Object } last
            && last.GetProperty("state").ValueEquals(state)
                ? reports
                : null,
        Cancellation);

    private static long Lost(ConformanceProcess node) =>
        node.Lines.Reports.All.Where(static report => ReportLog.IsOf(report, "gap")).Sum(static gap => gap.GetProperty("lost").GetInt64());

    /// <returns>The type of the error.</returns>
    private static async Task<string> FailAsync(ConformanceProcess node, string op, string fields) =>
        (await Assert.ThrowsAsync<CommandFailedException>(() => node.SendAsync(op, fields))).Type;

    // The backend of the open transaction.
    private async Task<int> FindBackendAsync()
    {
        await using var observer = NpgsqlDataSource.Create(Server.ConnectionString);
        await using var command = observer.CreateCommand("SELECT pid FROM pg_stat_activity WHERE state = 'idle in transaction'");
        while (true)
        {
            if (await command.ExecuteScalarAsync(Cancellation) is int pid)
                return pid;
        }
    }
}
