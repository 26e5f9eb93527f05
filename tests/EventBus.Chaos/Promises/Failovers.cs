using EventBus.Chaos.Children;
using EventBus.Chaos.Direction;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;

namespace EventBus.Chaos.Promises;

/// <summary>
/// The address leads elsewhere: to a promoted standby, or through a pooler that changes its mode. The node notices it and listens again.
/// </summary>
internal sealed class Failovers(Scoreboard scores)
{
    private const double Back = 1_000;
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(40);

    private static double Noticed => 2 * ChildOptions.KeepAlive.TotalMilliseconds;

    public async Task RunAsync()
    {
        await DeadPrimaryAsync();
        await LivingPrimaryAsync();
        await ChangePoolerAsync();
    }

    private async Task DeadPrimaryAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var standby = await stage.StartStandbyAsync();
        await using var control = standby.CreateDataSource(static builder => builder.Pooling = false);
        await using var calibration = new Calibration(control);
        var node = await stage.AddAsync("node", "node");
        await UntilCopiedAsync(control, stage.Name);

        node.ForgetStates();
        var began = Clock.Milliseconds;
        await stage.Server.StopAsync(ServerStop.Immediate);
        scores.AddTime("the primary dies: noticed", await UntilAsync(node, BusState.Reconnecting) - began, Noticed, calibration);
        await standby.PromoteAsync();
        var reconnects = await node.ReadReconnectsAsync();
        began = Clock.Milliseconds;
        node.Proxy.ServerPort = PortOf(standby);
        var listening = await node.UntilListeningAgainAsync(reconnects, HangLimit);
        scores.AddTime("the primary dies: listening to the promoted standby", listening - began, Back, calibration);
        await UntilAsync(node, BusState.Connected);
    }

    /// <summary>Nobody ends the old primary. The listening connection to it stays open, and responds.</summary>
    private async Task LivingPrimaryAsync()
    {
        await using var stage = await Stage.StartAsync();
        await using var standby = await stage.StartStandbyAsync();
        await using var control = standby.CreateDataSource(static builder => builder.Pooling = false);
        await using var calibration = new Calibration(control);
        var node = await stage.AddAsync("node", "node");
        await UntilCopiedAsync(control, stage.Name);
        await standby.PromoteAsync();
        node.Proxy.ServerPort = PortOf(standby);

        node.ForgetStates();
        await node.KillBackendsAsync(stage, static link => !link.IsListening);
        await UntilAsync(node, BusState.Reconnecting);
        var deaf = await UntilAsync(node, BusState.Connected);
        var noticed = await UntilAsync(node, BusState.Reconnecting);
        scores.AddTime("the listener stays with the old primary: noticed", noticed - deaf, Noticed + Back, calibration);
        scores.AddTime(
            "the listener stays with the old primary: listening to the new one", await UntilAsync(node, BusState.Connected) - noticed,
            Back, calibration);
    }

    private async Task ChangePoolerAsync()
    {
        const string Promise = "PgBouncer changes from session to transaction mode";
        await using var stage = await Stage.StartAsync();
        await using var pooler = await PgBouncer.TryStartAsync(stage.Server, "session");
        if (pooler is null)
        {
            scores.Skip(Promise, "noticed and healed", "PgBouncer is not installed");
            return;
        }

        await using var calibration = new Calibration(stage.Control);
        var node = await stage.AddAsync("node", "node", pooler.Port);
        node.ForgetStates();
        var began = Clock.Milliseconds;
        await pooler.SetModeAsync("transaction");
        scores.AddTime($"{Promise}: noticed", await UntilAsync(node, BusState.Reconnecting) - began, Noticed + Back, calibration);
        began = Clock.Milliseconds;
        await pooler.SetModeAsync("session");
        scores.AddTime($"{Promise}, and back: healed", await UntilAsync(node, BusState.Connected) - began, Back, calibration);
    }

    private static async Task UntilCopiedAsync(NpgsqlDataSource standby, string table)
    {
        await using var command = standby.CreateCommand($"SELECT to_regclass('{table}') IS NOT NULL");
        while (await command.ExecuteScalarAsync() is not true)
            await Clock.DelayAsync(0.02);
    }

    private static int PortOf(PostgresServer server) => new NpgsqlConnectionStringBuilder(server.ConnectionString).Port;

    private static Task<double> UntilAsync(Child node, BusState state) => node.UntilStateAsync(state, HangLimit);
}
