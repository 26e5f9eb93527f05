using System.Globalization;
using System.Security.Cryptography;
using Docker.DotNet.Models;
using DotNet.Testcontainers.Builders;
using Npgsql;
using Testcontainers.PostgreSql;

namespace EventBus.Testing;

/// <summary>A server in a container, published on a free port of 127.0.0.1.</summary>
internal sealed class ContainerServer : IServerHost
{
    private const string Image = "postgres:17";
    private const string Port = "5432/tcp";

    private readonly PostgreSqlContainer _container;
    private readonly TimeSpan _startTimeout;

    private ContainerServer(PostgresServerOptions options)
    {
        _startTimeout = options.StartTimeout;

        // A port that the container engine chooses would change when the server is started again.
        var address = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = FreePort.Find(),
            Username = PostgreSqlBuilder.DefaultUsername,
            Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12)),
            Database = PostgreSqlBuilder.DefaultDatabase,
        };
        ConnectionString = address.ConnectionString;

        // Testcontainers turns synchronous commits off: then an immediate stop would lose committed rows.
        var settings = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["synchronous_commit"] = "on" };
        foreach (var (name, value) in options.Settings)
            settings[name] = value;

        var binding = new PortBinding { HostIP = address.Host, HostPort = address.Port.ToString(CultureInfo.InvariantCulture) };
        _container = new PostgreSqlBuilder(Image)
            .WithPassword(address.Password)
            .WithCommand([.. settings.SelectMany(static setting => new[] { "-c", $"{setting.Key}={setting.Value}" })])
            .WithCreateParameterModifier(parameters => parameters.HostConfig!.PortBindings![Port] = [binding])
            .Build();
    }

    public string ConnectionString { get; }

    /// <exception cref="InvalidOperationException">There is no container engine, or the server does not start.</exception>
    public static async Task<ContainerServer> CreateAsync(PostgresServerOptions options, CancellationToken cancellationToken)
    {
        ContainerServer server;
        try
        {
            server = new ContainerServer(options);
        }
        catch (DockerUnavailableException exception)
        {
            throw new InvalidOperationException(
                "There is no PostgreSQL. Install its server (Debian and Ubuntu: apt-get install postgresql) or Docker, "
                + $"or set {PostgresServer.ConnectionStringVariable} to a connection string "
                + $"or {PostgresServer.ProgramsVariable} to the directory of the server's programs.", exception);
        }

        try
        {
            await server.StartAsync(cancellationToken).ConfigureAwait(false);
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
        using var timeout = new CancellationTokenSource(_startTimeout, TimeProvider.System);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _container.StartAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            var (output, errors) = await _container.GetLogsAsync(ct: cancellationToken).ConfigureAwait(false);
            throw new InvalidOperationException($"PostgreSQL did not start in its container: {output}\n{errors}", exception);
        }
    }

    /// <summary>
    /// Sends the signal itself, because a container engine stops a container with one signal only. Then waits until it ended.
    /// </summary>
    public async Task StopAsync(ServerStop stop, CancellationToken cancellationToken)
    {
        await SignalAsync(1, stop == ServerStop.Fast ? "INT" : "QUIT", cancellationToken).ConfigureAwait(false);
        await _container.GetExitCodeAsync(cancellationToken).ConfigureAwait(false);
        await _container.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task SignalAsync(int processId, string signal, CancellationToken cancellationToken)
    {
        string[] command = ["kill", "-s", signal, processId.ToString(CultureInfo.InvariantCulture)];
        var result = await _container.ExecAsync(command, cancellationToken).ConfigureAwait(false);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"kill ended with {result.ExitCode}: {result.Stderr.Trim()}");
    }

    public Task<IServerHost> StartStandbyAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A server in a container can have no standby: install PostgreSQL's server.");

    public Task PromoteAsync(CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A server in a container is no standby.");

    public ValueTask DisposeAsync() => _container.DisposeAsync();
}
