using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>If PostgreSQL rejects the removal of old attachments, the node reports it once, counts it, and is degraded.</summary>
public sealed class RejectedSweepTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData("42501", 1)]
    [InlineData("25006", 1)]
    [InlineData("P0001", 1)]
    [InlineData("55P03", 3)]
    public async Task Rejected_sweep_is_reported_once_until_one_succeeds(string code, int failures)
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        var options = new EventBusOptions { CleanupInterval = TimeSpan.FromMilliseconds(20) };
        await using var node = await TestNode.StartAsync(database.Server, names, options, configure: own.Configure);
        await own.ExecuteInsideAsync(
            $"CREATE FUNCTION reject() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'rejected' USING ERRCODE = '{code}'; END $$; "
            + $"CREATE TRIGGER reject BEFORE DELETE ON {names.Table} FOR EACH ROW EXECUTE FUNCTION reject(); "
            + $"INSERT INTO {names.Table} (payload, created_at) VALUES ('\\x01', now() - interval '1 hour')");

        await node.Logger.UntilAsync(141);
        Assert.Equal(failures - 1, node.Logger.Entries.Count(static entry => entry.Id == 142));
        await UntilAsync(() => node.Diagnostics.FailedSweeps.Value >= failures + 3);
        Assert.True(node.Diagnostics.Snapshot().IsSweepRejected);
        Assert.Single(node.Logger.Entries, static entry => entry.Id == 141);
        var report = Assert.IsType<AttachmentsNotRemovedException>(Assert.Single(node.Reported));
        Assert.Equal(code, Assert.IsType<PostgresException>(report.InnerException).SqlState);
        Assert.Contains(names.Table, report.Message, StringComparison.Ordinal);

        await own.ExecuteInsideAsync($"DROP TRIGGER reject ON {names.Table}");
        await node.Logger.UntilAsync(143);
        Assert.False(node.Diagnostics.Snapshot().IsSweepRejected);
        await UntilAsync(() => node.Diagnostics.SweptAttachments.Value == 1);
        Assert.Single(node.Reported);
    }

    [Fact(Timeout = 120_000)]
    public async Task Held_advisory_lock_is_reported_until_it_is_released()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        var names = TestNames.Create();
        var options = new EventBusOptions { CleanupInterval = TimeSpan.FromMilliseconds(20) };
        await using var node = await TestNode.StartAsync(database.Server, names, options, configure: own.Configure);
        await using (var connection = await own.DataSource.OpenConnectionAsync(Cancellation))
        {
            await using var command = new NpgsqlCommand(
                $"SELECT pg_advisory_lock(1163280727, '{names.Table}'::regclass::oid::int)", connection);
            await command.ExecuteNonQueryAsync(Cancellation);
            await node.Logger.UntilAsync(141);
            await using var release = new NpgsqlCommand("SELECT pg_advisory_unlock_all()", connection);
            await release.ExecuteNonQueryAsync(Cancellation);
        }

        await node.Logger.UntilAsync(143);
        Assert.Contains("advisory lock", Assert.Single(node.Reported).Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 120_000)]
    public async Task Health_is_degraded_until_a_sweep_succeeds()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await using var bus = await EventBusNode.StartAsync(
            own.DataSource,
            new EventBusOptions { CleanupInterval = TimeSpan.FromMilliseconds(20) },
            cancellationToken: Cancellation);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(bus)).Status);

        await own.ExecuteInsideAsync(
            "ALTER TABLE socket_io_attachments REPLICA IDENTITY NOTHING; CREATE PUBLICATION everything FOR ALL TABLES");
        await UntilAsync(() => bus.Statistics.IsSweepRejected);
        var degraded = await CheckAsync(bus);
        Assert.Equal(HealthStatus.Degraded, degraded.Status);
        Assert.EndsWith("old attachments not removed.", degraded.Description, StringComparison.Ordinal);

        // Every sweep fails until the publication is dropped, so the counter grows meanwhile.
        Assert.InRange(Assert.IsType<long>(degraded.Data["failedSweeps"]), 1, bus.Statistics.FailedSweeps);

        await own.ExecuteInsideAsync("DROP PUBLICATION everything");
        await UntilAsync(() => !bus.Statistics.IsSweepRejected);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(bus)).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(IEventBus bus)
    {
        var check = new EventBusHealthCheck(bus);
        var registration = new HealthCheckRegistration("eventbus", check, HealthStatus.Unhealthy, tags: null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, Cancellation);
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Delay(10, Cancellation);
    }
}
