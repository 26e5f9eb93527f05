using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Testing;

/// <summary>The throwaway server itself: it keeps to itself, stops and starts, pauses a backend, and leaves nothing.</summary>
public sealed class PostgresServerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_private_server_listens_on_a_free_port_of_this_machine_only_and_takes_settings()
    {
        await using var server = await PostgresServer.StartAsync(
            new() { MustBePrivate = true, Settings = new Dictionary<string, string> { ["work_mem"] = "7MB" } }, Cancellation);
        await using var source = server.CreateDataSource();

        Assert.True(server.IsPrivate);
        Assert.NotEqual(5432, new NpgsqlConnectionStringBuilder(server.ConnectionString).Port);
        Assert.Equal("127.0.0.1", await ScalarAsync(source, "SHOW listen_addresses"));
        Assert.Equal("7MB", await ScalarAsync(source, "SHOW work_mem"));
        Assert.Equal("UTF8", await ScalarAsync(source, "SHOW server_encoding"));
    }

    [Fact]
    public async Task A_private_server_stops_starts_again_with_its_data_and_leaves_no_directory()
    {
        string directory;
        await using (var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation))
        {
            await using var source = server.CreateDataSource(static builder => builder.Pooling = false);
            directory = (string)(await ScalarAsync(source, "SHOW data_directory"))!;
            await ScalarAsync(source, "CREATE TABLE kept AS SELECT 42 AS answer");

            await server.StopAsync(ServerStop.Immediate, Cancellation);
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => ScalarAsync(source, "SELECT 1"));
            await server.StartAgainAsync(Cancellation);

            Assert.Equal(42, await ScalarAsync(source, "SELECT answer FROM kept"));
        }

        Assert.False(Directory.Exists(directory));
        Assert.False(Directory.Exists(Path.GetDirectoryName(directory)));
    }

    [Fact]
    public async Task A_paused_backend_never_answers_until_it_is_resumed()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        await using var source = server.CreateDataSource();
        await using var connection = await source.OpenConnectionAsync(Cancellation);

        await server.PauseBackendAsync(connection.ProcessID, Cancellation);
        await using var command = new NpgsqlCommand("SELECT 7", connection);
        var answer = command.ExecuteScalarAsync(Cancellation);
        await using (var other = await source.OpenConnectionAsync(Cancellation))
            await new NpgsqlCommand("SELECT pg_sleep(0.2)", other).ExecuteNonQueryAsync(Cancellation);
        Assert.False(answer.IsCompleted);

        await server.ResumeBackendAsync(connection.ProcessID, Cancellation);
        Assert.Equal(7, await answer);
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(Cancellation);
    }
}
