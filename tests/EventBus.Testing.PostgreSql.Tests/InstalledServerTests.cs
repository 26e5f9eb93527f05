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

    protected override async Task<PostgresServer> StartAsync(PostgresServerOptions options)
    {
        var programs = await ServerPrograms.FindAsync(named: null, Cancellation);
        Assert.NotNull(programs);
        return new PostgresServer(await InstalledServer.CreateAsync(programs, options, Cancellation));
    }
}
