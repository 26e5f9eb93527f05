using Npgsql;

namespace EventBus.Testing.Tests;

/// <summary>Holds for a private server however it runs.</summary>
public abstract class PrivateServerTests
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<PostgresServer> StartAsync(PostgresServerOptions options);

    [Fact]
    public async Task StartAsync_listens_on_a_free_port_of_127_0_0_1_and_applies_settings()
    {
        await using var server = await StartAsync(new() { Settings = new Dictionary<string, string> { ["work_mem"] = "7MB" } });
        await using var source = server.CreateDataSource();

        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString);
        Assert.True(server.IsPrivate);
        Assert.Equal("127.0.0.1", address.Host);
        Assert.NotEqual(5432, address.Port);
        Assert.Equal("7MB", await ScalarAsync(source, "SHOW work_mem"));
        Assert.Equal("UTF8", await ScalarAsync(source, "SHOW server_encoding"));
    }

    [Theory]
    [InlineData(ServerStop.Fast)]
    [InlineData(ServerStop.Immediate)]
    public async Task StartAgainAsync_keeps_the_port_and_the_data(ServerStop stop)
    {
        await using var server = await StartAsync(new());
        await using var source = server.CreateDataSource(static builder => builder.Pooling = false);
        await ScalarAsync(source, "CREATE TABLE kept AS SELECT 42 AS answer");
        var connectionString = server.ConnectionString;

        await server.StopAsync(stop, Cancellation);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(source, "SELECT 1"));
        await server.StartAgainAsync(Cancellation);

        Assert.Equal(connectionString, server.ConnectionString);
        Assert.Equal(42, await ScalarAsync(source, "SELECT answer FROM kept"));
    }

    [Fact]
    public async Task PauseBackendAsync_stops_replies_until_ResumeBackendAsync()
    {
        await using var server = await StartAsync(new());
        await using var source = server.CreateDataSource();
        await using var connection = await source.OpenConnectionAsync(Cancellation);

        await server.PauseBackendAsync(connection.ProcessID, Cancellation);
        await using var command = new NpgsqlCommand("SELECT 7", connection);
        var reply = command.ExecuteScalarAsync(Cancellation);
        await using (var other = await source.OpenConnectionAsync(Cancellation))
            await new NpgsqlCommand("SELECT pg_sleep(0.2)", other).ExecuteNonQueryAsync(Cancellation);
        Assert.False(reply.IsCompleted);

        await server.ResumeBackendAsync(connection.ProcessID, Cancellation);
        Assert.Equal(7, await reply);
    }

    [Fact]
    public async Task PauseBackendAsync_throws_if_there_is_no_such_backend()
    {
        await using var server = await StartAsync(new());

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.PauseBackendAsync(999_999_999, Cancellation));
    }

    protected static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
