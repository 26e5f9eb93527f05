using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace EventBus.Testing;

/// <summary>A server run in a Docker container, published on a free port of 127.0.0.1.</summary>
internal sealed class DockerServer : IServerHost
{
    private const string Image = "postgres:17";

    private readonly string _name = "eventbus-postgres-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private readonly string _password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
    private readonly TimeSpan _startTimeout;
    private readonly Lifeline _lifeline;

    private DockerServer(TimeSpan startTimeout)
    {
        _startTimeout = startTimeout;
        _lifeline = Lifeline.Start([], "docker rm -fv \"$1\" >/dev/null 2>&1", _name);
    }

    public string ConnectionString { get; private set; } = "";

    public static async Task<bool> IsAvailableAsync(CancellationToken cancellationToken)
    {
        var (exitCode, _) = await Command.TryRunAsync(["docker", "info"], cancellationToken).ConfigureAwait(false);
        return exitCode == 0;
    }

    public static async Task<DockerServer> CreateAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        var server = new DockerServer(options.StartTimeout);
        try
        {
            List<string> command = ["docker", "run", "-d", "--name", server._name, "-e", $"POSTGRES_PASSWORD={server._password}", "-p", "127.0.0.1::5432", Image];
            foreach (var (name, value) in options.Settings)
                command.AddRange("-c", $"{name}={value}");
            await Command.RunAsync(command, cancellationToken).ConfigureAwait(false);
            await server.WaitUntilReadyAsync(cancellationToken).ConfigureAwait(false);
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Command.RunAsync(["docker", "start", _name], cancellationToken).ConfigureAwait(false);
        await WaitUntilReadyAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StopAsync(ServerStop stop, CancellationToken cancellationToken)
    {
        await Command.RunAsync(["docker", "kill", "-s", stop == ServerStop.Fast ? "INT" : "QUIT", _name], cancellationToken).ConfigureAwait(false);
        await Command.RunAsync(["docker", "wait", _name], cancellationToken).ConfigureAwait(false);
    }

    public Task SignalAsync(int processId, string signal, CancellationToken cancellationToken) => Command.RunAsync(
        ["docker", "exec", _name, "kill", "-s", signal, processId.ToString(CultureInfo.InvariantCulture)], cancellationToken);

    public ValueTask DisposeAsync() => _lifeline.DisposeAsync();

    /// <summary>The image starts a first server to initialise itself, which answers on no TCP port: so this asks over TCP, from outside.</summary>
    private async Task WaitUntilReadyAsync(CancellationToken cancellationToken)
    {
        var published = await Command.RunAsync(["docker", "port", _name, "5432/tcp"], cancellationToken).ConfigureAwait(false);
        var port = published.Split('\n')[0].Split(':')[^1].Trim();
        ConnectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(port, CultureInfo.InvariantCulture),
            Username = "postgres",
            Password = _password,
            Database = "postgres",
        }.ConnectionString;

        var started = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false");
                await using (connection.ConfigureAwait(false))
                    await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (NpgsqlException) when (TimeProvider.System.GetElapsedTime(started) < _startTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
