using Npgsql;

namespace EventBus.Testing;

/// <summary>A PostgreSQL server for tests.</summary>
/// <remarks>
/// <para>
/// It is the server that <see cref="ConnectionStringVariable"/> names, if that is set. Otherwise it is private: started from the programs
/// in the directory that <see cref="ProgramsVariable"/> names, else from the programs that are installed, else in a container.
/// </para>
/// <para>
/// A private server listens on a free port of 127.0.0.1. It is stopped and removed when it is disposed. It is also removed when this
/// process dies; if it runs in a container, that is up to the resource reaper of Testcontainers.
/// </para>
/// <para>All members are thread-safe, but do not dispose the server while another call runs.</para>
/// </remarks>
public sealed class PostgresServer : IAsyncDisposable
{
    /// <summary>The environment variable with the Npgsql connection string of the server to use instead of a private one.</summary>
    public const string ConnectionStringVariable = "EVENTBUS_POSTGRES";

    /// <summary>
    /// The environment variable with the directory of <c>initdb</c>, <c>pg_ctl</c> and <c>postgres</c> that private servers are started
    /// from.
    /// </summary>
    public const string ProgramsVariable = "EVENTBUS_POSTGRES_BIN";

    private readonly IServerHost? _host;
    private readonly string _named = "";

    /// <summary>The server that <see cref="ConnectionStringVariable"/> names.</summary>
    private PostgresServer(string named) => _named = named;

    /// <summary>A private server.</summary>
    internal PostgresServer(IServerHost host) => _host = host;

    /// <summary>The Npgsql connection string. On a private server its user is a superuser.</summary>
    public string ConnectionString => _host?.ConnectionString ?? _named;

    /// <summary>Whether the server belongs to this object, so that it can be stopped and paused.</summary>
    public bool IsPrivate => _host is not null;

    /// <summary>Starts a private server, or returns the one that <see cref="ConnectionStringVariable"/> names.</summary>
    /// <param name="options">How the server is started; by default with the defaults of <see cref="PostgresServerOptions"/>.</param>
    /// <param name="cancellationToken">Cancels the start and removes what was started.</param>
    /// <exception cref="InvalidOperationException">
    /// No server can be started: the message says what to install, or why the server did not start.
    /// </exception>
    public static async Task<PostgresServer> StartAsync(
        PostgresServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new();
        if (!options.MustBePrivate && Environment.GetEnvironmentVariable(ConnectionStringVariable) is { Length: > 0 } named)
            return new PostgresServer(named);

        var directory = Environment.GetEnvironmentVariable(ProgramsVariable);
        IServerHost host = await ServerPrograms.FindAsync(directory, cancellationToken).ConfigureAwait(false) is { } programs
            ? await InstalledServer.CreateAsync(programs, options, cancellationToken).ConfigureAwait(false)
            : await ContainerServer.CreateAsync(options, cancellationToken).ConfigureAwait(false);
        return new PostgresServer(host);
    }

    /// <summary>Creates a data source for this server. The caller disposes it.</summary>
    /// <param name="configure">Changes the connection string first, such as its database or pool size.</param>
    public NpgsqlDataSource CreateDataSource(Action<NpgsqlConnectionStringBuilder>? configure = null)
    {
        var builder = new NpgsqlDataSourceBuilder(ConnectionString);
        configure?.Invoke(builder.ConnectionStringBuilder);
        return builder.Build();
    }

    /// <summary>Stops a private server and keeps its data.</summary>
    /// <param name="stop">Whether the server disconnects its clients in order.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or did not stop.</exception>
    public Task StopAsync(ServerStop stop = ServerStop.Fast, CancellationToken cancellationToken = default) =>
        Host.StopAsync(stop, cancellationToken);

    /// <summary>Starts a stopped private server again, on the same port and with its data.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or did not start.</exception>
    public Task StartAgainAsync(CancellationToken cancellationToken = default) => Host.StartAsync(cancellationToken);

    /// <summary>Stops a private server and starts it again.</summary>
    /// <param name="stop">Whether the server disconnects its clients in order.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or did not stop or start.</exception>
    public async Task RestartAsync(ServerStop stop = ServerStop.Fast, CancellationToken cancellationToken = default)
    {
        await StopAsync(stop, cancellationToken).ConfigureAwait(false);
        await StartAgainAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Starts a standby of a private server, which streams from it asynchronously. The server itself is stopped for a moment, to copy its
    /// data. The standby has the same users and passwords, and another port. The caller disposes it.
    /// </summary>
    /// <param name="cancellationToken">Cancels the start and removes what was started.</param>
    /// <exception cref="InvalidOperationException">
    /// The server is not private, runs in a container, or the standby did not start.
    /// </exception>
    public async Task<PostgresServer> StartStandbyAsync(CancellationToken cancellationToken = default) =>
        new(await Host.StartStandbyAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Makes a primary of a standby. Completes when it accepts writes. The old primary goes on if it runs.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not a standby, or was not promoted in time.</exception>
    public Task PromoteAsync(CancellationToken cancellationToken = default) => Host.PromoteAsync(cancellationToken);

    /// <summary>
    /// Pauses one backend of a private server, so that its connection is half open: it stays connected and never replies.
    /// </summary>
    /// <param name="processId">The result of <c>pg_backend_pid()</c> on that connection.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or has no such backend.</exception>
    public Task PauseBackendAsync(int processId, CancellationToken cancellationToken = default) =>
        Host.SignalAsync(processId, "STOP", cancellationToken);

    /// <summary>Resumes a paused backend.</summary>
    /// <param name="processId">The paused backend.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="InvalidOperationException">The server is not private, or has no such backend.</exception>
    public Task ResumeBackendAsync(int processId, CancellationToken cancellationToken = default) =>
        Host.SignalAsync(processId, "CONT", cancellationToken);

    /// <summary>Stops and removes a private server. Another server is not touched.</summary>
    public ValueTask DisposeAsync() => _host?.DisposeAsync() ?? ValueTask.CompletedTask;

    private IServerHost Host => _host ?? throw new InvalidOperationException(
        $"The server that {ConnectionStringVariable} names cannot be stopped or paused: "
        + $"set {nameof(PostgresServerOptions)}.{nameof(PostgresServerOptions.MustBePrivate)}.");
}
