using EventBus.Chaos.Direction;
using Npgsql;

namespace EventBus.Chaos.Promises;

/// <summary>A node stops in every state within its timeout, without an exception, and leaves nothing behind.</summary>
internal sealed class Stops(Scoreboard scores)
{
    private const int StopTimeout = 2_000;
    private const int Grace = 1_000;
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(60);

    public async Task RunAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var calibration = new Calibration(stage.Control);
        var publisher = await stage.AddAsync("publisher", "publisher", ("index", 0));
        await TestAsync(stage, calibration, "connected", static (_, _) => Nothing);
        await TestAsync(stage, calibration, "a dead link", static async (_, node) =>
        {
            node.Proxy.Stall();
            await node.UntilStateAsync(BusState.Reconnecting, HangLimit);
            return () => Resume(node);
        });
        await TestAsync(stage, calibration, "a link that has just died", static (_, node) =>
        {
            node.Proxy.Stall();
            return Task.FromResult<Func<Task>>(() => Resume(node));
        });
        await TestAsync(stage, calibration, "dropped packets", static (_, node) =>
        {
            node.Proxy.Drop();
            return Task.FromResult<Func<Task>>(() =>
            {
                node.Proxy.EndDropping();
                return Task.CompletedTask;
            });
        });
        await TestAsync(stage, calibration, "no server", static async (_, node) =>
        {
            node.Proxy.IsRefusing = true;
            foreach (var link in node.Proxy.Links)
                link.Dispose();
            await node.UntilStateAsync(BusState.Reconnecting, HangLimit);
            return Done;
        });
        await TestAsync(stage, calibration, "a blocked handler", async (_, node) =>
        {
            await node.SendAsync("block");
            await publisher.SendAsync("last");
            await UntilAsync(async () => Count(await node.SendAsync("report")) > 0);
            return Done;
        });
        await TestAsync(stage, calibration, "a full queue of a blocked handler", async (_, node) =>
        {
            await node.SendAsync("block");
            await publisher.SendAsync("load", ("rate", 500));
            await UntilAsync(async () => (await node.SendAsync("report")).GetProperty("dropped").GetInt64() > 0);
            await publisher.SendAsync("pause");
            return Done;
        });
        await TestAsync(stage, calibration, "a sweep under way", SweepAsync);
        await TestAsync(stage, calibration, "a sweep under way on a dead link", static async (stage, node) =>
        {
            var unlock = await SweepAsync(stage, node);
            node.Proxy.Stall();
            return async () =>
            {
                await Resume(node);
                await unlock();
            };
        });
    }

    private async Task TestAsync(Stage stage, Calibration calibration, string state, Func<Stage, Child, Task<Func<Task>>> enter)
    {
        var node = await stage.AddAsync(
            "stopped", "node", ("stopTimeout", StopTimeout), ("cleanup", 1_000), ("socketQueue", 64), ("socketOverflow", 1_024));
        node.ForgetStates();
        var leave = await enter(stage, node);
        var stopped = await node.SendAsync("close");
        var elapsed = stopped.GetProperty("elapsed").GetDouble();
        var thrown = stopped.GetProperty("thrown").GetString();

        // Connections on a dead link are still being closed. The link comes back for that.
        await leave();
        var timers = (await node.SendAsync("timers")).GetInt64();
        await node.SendAsync("stop");
        var exitCode = await node.WaitForExitAsync();
        var limit = calibration.Extend(StopTimeout + Grace);
        scores.Add(
            $"stop with {state}",
            $"<= {StopTimeout + Grace:N0} ms, no exception, 0 timers left, exit code 0",
            $"{elapsed:N0} ms (limit here {limit:N0} ms), {thrown?.ReplaceLineEndings(" ") ?? "no exception"}, {timers} timers, "
                + $"exit code {exitCode}",
            elapsed <= limit && thrown is null && timers <= 0 && exitCode == 0);
        await UntilAsync(async () => await stage.ExecuteAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chaos stopped'") is 0L);
    }

    /// <summary>Another transaction has locked the table, so that the removal of old rows waits.</summary>
    private static async Task<Func<Task>> SweepAsync(Stage stage, Child node)
    {
        var connection = await stage.Control.OpenConnectionAsync();
        foreach (var sql in (string[])["BEGIN", $"LOCK TABLE {stage.Name} IN ACCESS EXCLUSIVE MODE"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }

        await UntilAsync(async () => await stage.ExecuteAsync(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query ILIKE '%DELETE FROM%'") is > 0L);
        return () => connection.DisposeAsync().AsTask();
    }

    private static int Count(System.Text.Json.JsonElement report) => report.GetProperty("arrivals")[0].EnumerateObject().Count();

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var timeout = new CancellationTokenSource(HangLimit, TimeProvider.System);
        while (!await condition())
            await Clock.DelayAsync(0.05, timeout.Token);
    }

    private static Task<Func<Task>> Nothing => Task.FromResult<Func<Task>>(Done);

    private static Task Done() => Task.CompletedTask;

    private static Task Resume(Child node)
    {
        node.Proxy.Resume();
        return Task.CompletedTask;
    }
}
