using Npgsql;

namespace EventBus.Testing;

/// <summary>
/// A PostgreSQL server for tests: the one that <see cref="ConnectionStringVariable"/> names, else a private one from the installed programs, else one in Docker.
/// </summary>
/// <remarks>
/// A private server has a temporary directory and a free port of 127.0.0.1. It is stopped and removed when it is disposed, and also when this process dies.
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable with the Npgsql connection string of a server to use instead of a private one.</summary>
    public const string ConnectionStringVariable = "EVENTBUS_POSTGRES";

    private readonly IServerHost? _host;
    private readonly string _connectionString;

    private PostgresServer(string connectionString, IServerHost? host)
    {
        _connectionString = connectionString;
        _host = host;
    }

    /// <summary>How a superuser of a private server, or whoever <see cref="ConnectionStringVariable"/> names, connects to it.</summary>
    public string ConnectionString => _host?.ConnectionString ?? _connectionString;

    /// <summary>Whether the server belongs to this object, so that it can be stopped and paused.</summary>
    public bool IsPrivate => _host is not null;

    /// <summary>Starts a server, or takes the one that is named.</summary>
    /// <exception cref="InvalidOperationException">There is no way to have one: the message says what to install.</exception>
    public static async Task<PostgresServer> StartAsync(PostgresServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (!options.MustBePrivate && Environment.GetEnvironmentVariable(ConnectionStringVariable) is { Length: > 0 } named)
            return new PostgresServer(named, host: null);
        if (await InstalledBinaries.FindAsync(cancellationToken).ConfigureAwait(false) is { } binaries)
            return Own(await InstalledServer.CreateAsync(binaries, options, cancellationToken).ConfigureAwait(false));
        if (await DockerServer.IsAvailableAsync(cancellationToken).ConfigureAwait(false))
            return Own(await DockerServer.CreateAsync(options, cancellationToken).ConfigureAwait(false));

        throw new InvalidOperationException(
            $"There is no PostgreSQL: install its server (Debian and Ubuntu: apt-get install postgresql) or Docker, or set {ConnectionStringVariable} to a connection string.");
    }

    /// <summary>A data source for this server; the caller disposes it.</summary>
    /// <param name="configure">Changes the connection string first, such as its database or pool size.</param>
    public NpgsqlDataSource CreateDataSource(Action<NpgsqlConnectionStringBuilder>? configure = null)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        configure?.Invoke(builder.ConnectionStringBuilder);
        return builder.Build();
    }

    /// <summary>Stops a private server; its data remain.</summary>
    /// <exception cref="InvalidOperationException">The server is not private, or did not stop.</exception>
    public Task StopAsync(ServerStop stop = ServerStop.Fast, CancellationToken cancellationToken = default) => Host.StopAsync(stop, cancellationToken);

    /// <summary>Starts a stopped private server again, on the same port and with its data.</summary>
    /// <exception cref="InvalidOperationException">The server is not private, or did not start.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => Host.StartAsync(cancellationToken);

    /// <summary>Stops a private server and starts it again.</summary>
    /// <exception cref="InvalidOperationException">The server is not private, or did not stop or start.</exception>
    public async Task RestartAsync(ServerStop stop = ServerStop.Fast, CancellationToken cancellationToken = default)
    {
        await StopAsync(stop, cancellationToken).ConfigureAwait(false);
        await StartAgainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops one backend of a private server in its tracks, so that its connection is half open: it is there and never answers.</summary>
    /// <param name="processId">What <c>pg_backend_pid()</c> said on that connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or has no such backend.</exception>
    public Task PauseBackendAsync(int processId, CancellationToken cancellationToken = default) => Host.SignalAsync(processId, "STOP", cancellationToken);

    /// <summary>Lets a paused backend go on.</summary>
    /// <param name="processId">The paused backend.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or has no such backend.</exception>
    public Task ResumeBackendAsync(int processId, CancellationToken cancellationToken = default) => Host.SignalAsync(processId, "CONT", cancellationToken);

    /// <summary>Stops and removes a private server; leaves another alone.</summary>
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static PostgresServer Own(IServerHost host) => new(host.ConnectionString, host);

    private IServerHost Host =>
        _host ?? throw new InvalidOperationException($"The server that {ConnectionStringVariable} names is not stopped or paused: ask for a private one.");
}
