using Npgsql;

namespace EventBus.Testing.Tests;

public sealed class InstalledServerTests : PrivateServerTests
{
    [Fact]
    public async Task DisposeAsync_leaves_no_directory()
    {
        string directory;
        await using (var server = await StartAsync(new()))
        {
            await using var source = server.CreateDataSource();
            directory = (string)(await ScalarAsync(source, "SHOW data_directory"))!;
        }

        Assert.False(Directory.Exists(directory));
        Assert.False(Directory.Exists(Path.GetDirectoryName(directory)));
    }

    [Fact]
    public async Task StartAsync_throws_with_the_log_if_a_setting_is_invalid()
    {
        var options = new PostgresServerOptions { Settings = new Dictionary<string, string> { ["work_mem"] = "much" } };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(options));

        Assert.Contains("work_mem", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PromoteAsync_standby_has_the_data_and_accepts_writes()
    {
        await using var primary = await StartAsync(new());
        await using var standby = await primary.StartStandbyAsync(Cancellation);
        await using var source = primary.CreateDataSource();
        await using var copy = standby.CreateDataSource();
        await ScalarAsync(source, "CREATE TABLE streamed AS SELECT 42 AS answer");
        while (await ScalarAsync(copy, "SELECT to_regclass('streamed')::text") is null or DBNull)
            await Task.Yield();
        await Assert.ThrowsAsync<PostgresException>(() => ScalarAsync(copy, "DELETE FROM streamed"));

        await primary.StopAsync(ServerStop.Immediate, Cancellation);
        await standby.PromoteAsync(Cancellation);

        Assert.Equal(43, await ScalarAsync(copy, "UPDATE streamed SET answer = answer + 1 RETURNING answer"));
    }

    protected override async Task<PostgresServer> StartAsync(PostgresServerOptions options)
    {
        var programs = await ServerPrograms.FindAsync(named: null, Cancellation);
        Assert.NotNull(programs);
        return new PostgresServer(await InstalledServer.CreateAsync(programs, options, Cancellation));
    }
}
