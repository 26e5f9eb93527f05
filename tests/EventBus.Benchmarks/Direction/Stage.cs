using EventBus.Benchmarks.Contenders;
using EventBus.Testing;
using Npgsql;

namespace EventBus.Benchmarks.Direction;

/// <summary>
/// The servers of the benchmark, all of them private. Their addresses are in the environment of the processes started later.
/// </summary>
internal sealed class Stage : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eventbus-benchmarks-");
    private readonly List<IAsyncDisposable> _servers = [];

    /// <summary>The first process of PostgreSQL.</summary>
    public int Postmaster { get; private set; }

    /// <summary>The version of PostgreSQL.</summary>
    public string PostgresVersion { get; private set; } = "";

    public static async Task<Stage> StartAsync(CancellationToken cancellationToken)
    {
        var stage = new Stage();
        try
        {
            await stage.StartServersAsync(cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Executes a statement on a connection of its own.</summary>
    public static async Task<object?> ExecuteAsync(string sql)
    {
        await using var dataSource = NpgsqlDataSource.Create(Servers.Postgres);
        await using var command = dataSource.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in Enumerable.Reverse(_servers))
            await server.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task StartServersAsync(CancellationToken cancellationToken)
    {
        // PostgreSQL may run as another user, which reads the file.
        File.SetUnixFileMode(_directory.FullName, (UnixFileMode)0b111_101_101);
        var postgres = await PostgresServer.StartAsync(
            new()
            {
                MustBePrivate = true,
                Settings = new Dictionary<string, string>
                {
                    ["shared_buffers"] = "512MB",
                    ["max_wal_size"] = "4GB",
                    ["hba_file"] = await WriteAsync(
                        "pg_hba.conf",
                        $"host all {Servers.TrustedRole} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"),
                },
            },
            cancellationToken);
        _servers.Add(postgres);
        PublishPostgres(postgres.ConnectionString);
        await ExecuteAsync($"CREATE ROLE {Servers.TrustedRole} LOGIN");
        await using (var dataSource = postgres.CreateDataSource())
        await using (var connection = await dataSource.OpenConnectionAsync(cancellationToken))
            (Postmaster, PostgresVersion) = (ProcessTimes.FindParent(connection.ProcessID), connection.PostgreSqlVersion.ToString());

        // A subscriber that is behind is not disconnected: what a slow receiver costs is the same for all contenders.
        var redis = await ServerProcess.StartAsync(
            "redis-server",
            port =>
            [
                "--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no",
                "--client-output-buffer-limit", "pubsub 0 0 0", "--logfile", Path.Combine(_directory.FullName, "redis.log"),
            ]);
        _servers.Add(redis);
        Environment.SetEnvironmentVariable(Servers.RedisVariable, $"127.0.0.1:{redis.Port}");
        var settings = await WriteAsync("nats.conf", "max_pending: 2147483648\nwrite_deadline: \"60s\"\n");
        var nats = await ServerProcess.StartAsync(
            "nats-server",
            port => ["-a", "127.0.0.1", "-p", $"{port}", "-c", settings, "-l", Path.Combine(_directory.FullName, "nats.log")]);
        _servers.Add(nats);
        Environment.SetEnvironmentVariable(Servers.NatsVariable, $"nats://127.0.0.1:{nats.Port}");
    }

    /// <summary>Npgsql gets a connection string, and the packages of Node.js the variables of libpq.</summary>
    private static void PublishPostgres(string connectionString)
    {
        Environment.SetEnvironmentVariable(Servers.PostgresVariable, connectionString);
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        Environment.SetEnvironmentVariable("PGHOST", settings.Host);
        Environment.SetEnvironmentVariable("PGPORT", $"{settings.Port}");
        Environment.SetEnvironmentVariable("PGUSER", settings.Username);
        Environment.SetEnvironmentVariable("PGPASSWORD", settings.Password);
        Environment.SetEnvironmentVariable("PGDATABASE", settings.Database);
    }

    private async Task<string> WriteAsync(string name, string text)
    {
        var file = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(file, text);
        return file;
    }
}
