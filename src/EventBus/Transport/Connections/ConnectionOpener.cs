using System.Transactions;
using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>Opens the connections of one node or publisher, one at a time. Thread-safe.</summary>
/// <remarks>
/// The connections are opened past the pool of the application's data source. So an application that holds its whole pool does not delay
/// them, and no connection leads to a server that had the address before. A physical initializer of the data source is not called for
/// them: if the pool's connections have another role, the pool is used. The attempts of all callers are spaced, because many nodes may
/// wait for a server that starts.
/// </remarks>
internal sealed class ConnectionOpener(NpgsqlDataSource dataSource, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    : IAsyncDisposable
{
    /// <summary>The application name of the connections, unless the data source has one.</summary>
    public const string ApplicationName = "EventBus";

    private static readonly TimeSpan CancellationTime = TimeSpan.FromMilliseconds(250);

    private readonly AbandonedConnections _abandoned = new(time, diagnostics);
    private readonly ConnectionAttempts _attempts = new(time);
    private readonly ConnectionIdentifier _identifier = new(diagnostics);
    private string? _poolRole;
    private bool? _hasGss;
    private volatile bool _usesPool = options.DedicatedDataSource;
    private int _generation;

    /// <summary>The connections that hang and are closed in the background.</summary>
    public AbandonedConnections Abandoned => _abandoned;

    /// <summary>The settings of the data source.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; } = new(dataSource.ConnectionString);

    /// <summary>The clock.</summary>
    public TimeProvider Time => time;

    /// <summary>Sees the database of each connection. Openers of one node or publisher share it.</summary>
    public DatabaseWatch Watch { get; init; } = new();

    /// <summary>Whether connections come from the pool of the data source.</summary>
    public bool UsesPool => _usesPool;

    /// <summary>Increases when connections opened before may be dead or lead to another server.</summary>
    public int Generation => Volatile.Read(ref _generation);

    /// <inheritdoc cref="ConnectionAttempts.UntilNext"/>
    public TimeSpan UntilNextAttempt => _attempts.UntilNext;

    /// <summary>Opens a connection of the pool for checks at the start, and remembers its role and its encryption.</summary>
    public async Task<OpenedConnection> OpenPooledAsync(CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(isPooled: true, commandTimeout: null, cancellationToken).ConfigureAwait(false);
        _poolRole = opened.Role;
        _hasGss = opened.HasGss;
        return opened;
    }

    /// <summary>
    /// Opens a connection. The attempt waits for the attempts of other callers, and for the time that <see cref="Postpone"/> has set.
    /// </summary>
    /// <exception cref="TimeoutException">
    /// The server did not accept the connection in time: 1 s, or up to 5 s if the first connection needed more than half of that, or the
    /// server has just responded to an attempt. One attempt in ten has 5 s, and one in thirty 15 s.
    /// </exception>
    public Task<OpenedConnection> OpenAsync(CancellationToken cancellationToken) => OpenAsync(commandTimeout: null, cancellationToken);

    /// <summary>
    /// Opens a connection for short waits for notifications, like <see cref="OpenAsync(CancellationToken)"/>. Npgsql changes an option of
    /// the socket twice for each notification if the wait differs from the command timeout: 15 % of the CPU time of a busy node. A
    /// connection of the pool has the command timeout of the data source.
    /// </summary>
    /// <param name="wait">The longest wait.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <inheritdoc cref="OpenAsync(CancellationToken)"/>
    public Task<OpenedConnection> OpenToListenAsync(TimeSpan wait, CancellationToken cancellationToken) =>
        OpenAsync(wait.Ticks % TimeSpan.TicksPerSecond == 0 ? (int)wait.TotalSeconds : null, cancellationToken);

    /// <summary>
    /// Opens a connection like <see cref="OpenAsync(CancellationToken)"/>, but lets its callers go first if attempts have failed or must
    /// wait.
    /// </summary>
    /// <inheritdoc cref="OpenAsync(CancellationToken)"/>
    public Task<OpenedConnection> OpenLaterAsync(CancellationToken cancellationToken) =>
        _attempts.MakeAsync(
            yields: true,
            limit => OpenWithinAsync(limit, token => OpenWithPoolRoleAsync(commandTimeout: null, token), cancellationToken),
            cancellationToken);

    /// <summary>Opens a connection to the present server of the address: an idle connection of a pool may be older.</summary>
    /// <inheritdoc cref="OpenAsync(CancellationToken)"/>
    public Task<OpenedConnection> OpenPastPoolAsync(CancellationToken cancellationToken) => _attempts.MakeAsync(
        yields: false, limit => OpenWithinAsync(limit, token => OpenAsync(isPooled: false, commandTimeout: null, token), cancellationToken),
        cancellationToken);

    /// <inheritdoc cref="ConnectionAttempts.Postpone"/>
    public TimeSpan Postpone() => _attempts.Postpone();

    /// <summary>A connection has done its work: a failure is no longer one of a series.</summary>
    public void Succeeded() => _attempts.Reset();

    /// <summary>Connections opened before may be dead, or lead to another server: no idle one is used again.</summary>
    public void Distrust()
    {
        Interlocked.Increment(ref _generation);
        if (!_usesPool)
            return;
        dataSource.Clear();
        _identifier.Forget();
    }

    /// <summary>Reads the database over a connection of its own, on the thread of a synchronous caller.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public FoundDatabase ReadDatabase()
    {
        using var connection = OpenNow();
        using var command = new NpgsqlCommand($"SELECT pg_is_in_recovery(), {DatabaseIdentity.Sql}", connection);
        try
        {
            using var reader = command.ExecuteReader();
            reader.Read();
            var database = new FoundDatabase(reader.GetString(1), reader.GetBoolean(0));
            Watch.See(database);
            return database;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            return default; // The caller names the privilege.
        }
    }

    /// <summary>Opens a connection on the thread of a synchronous caller.</summary>
    /// <exception cref="NpgsqlException">The server cannot be reached.</exception>
    public NpgsqlConnection OpenNow()
    {
        using var suppression = new TransactionScope(TransactionScopeOption.Suppress);
        using var template = dataSource.CreateConnection();
        var connection = template.CloneWith(OwnSettings(commandTimeout: null).ConnectionString);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _abandoned.DisposeAsync().ConfigureAwait(false);
        _attempts.Dispose();
    }

    private Task<OpenedConnection> OpenAsync(int? commandTimeout, CancellationToken cancellationToken) =>
        _attempts.MakeAsync(
            yields: false,
            limit => OpenWithinAsync(limit, token => OpenWithPoolRoleAsync(commandTimeout, token), cancellationToken),
            cancellationToken);

    private async Task<OpenedConnection> OpenWithinAsync(
        TimeSpan limit, Func<CancellationToken, Task<OpenedConnection>> open, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var opening = open(either.Token);
        var isReturned = false;
        try
        {
            var opened = await opening.WaitAsync(limit + CancellationTime, time, CancellationToken.None).ConfigureAwait(false);
            isReturned = true;
            return opened;
        }
        catch (Exception exception) when (exception is OperationCanceledException or TimeoutException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new TimeoutException($"PostgreSQL did not accept a connection within {limit.TotalSeconds:0.#} s.", exception);
        }
        finally
        {
            // It may succeed in the moment in which the time is up.
            if (!isReturned && opening is not ({ IsFaulted: true } or { IsCanceled: true }))
                _abandoned.Add(opening);
        }
    }

    private async Task<OpenedConnection> OpenWithPoolRoleAsync(int? commandTimeout, CancellationToken cancellationToken)
    {
        var opened = await OpenAsync(_usesPool, commandTimeout, cancellationToken).ConfigureAwait(false);
        if (_usesPool || _poolRole is null || opened.Role == _poolRole)
            return opened;

        _usesPool = true;
        diagnostics.Logger.PoolIsUsed(_poolRole, opened.Role);
        await opened.Connection.CloseQuietlyAsync().ConfigureAwait(false);
        return await OpenAsync(isPooled: true, commandTimeout, cancellationToken).ConfigureAwait(false);
    }

    private async Task<OpenedConnection> OpenAsync(bool isPooled, int? commandTimeout, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();

        // A connection would join the ambient transaction. The work of the bus has none, but a thread of the pool has the scope of a
        // caller that did not dispose it on the same thread.
        using var suppression = new TransactionScope(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
        var connection = isPooled
            ? dataSource.CreateConnection()
            : await CloneAsync(commandTimeout, cancellationToken).ConfigureAwait(false);
        try
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            return await StatementLimit
                .RunAsync(
                    token => _identifier.IdentifyAsync(connection, Watch, !isPooled, token),
                    ConnectionAttempts.LongLimit,
                    time,
                    cancellationToken)
                .ConfigureAwait(false);
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Creates a connection with the settings of the data source, its password and its TLS callbacks, but without its pool.
    /// </summary>
    private async Task<NpgsqlConnection> CloneAsync(int? commandTimeout, CancellationToken cancellationToken)
    {
        var settings = OwnSettings(commandTimeout);
        var template = dataSource.CreateConnection();
        await using (template.ConfigureAwait(false))
            return await template.CloneWithAsync(settings.ConnectionString, cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlConnectionStringBuilder OwnSettings(int? commandTimeout)
    {
        var settings = new NpgsqlConnectionStringBuilder(Settings.ConnectionString)
        {
            Pooling = false,
            Enlist = false,
            MaxAutoPrepare = 0, // A statement that is executed often is prepared by its class, and not behind a pooler.
            ApplicationName = string.IsNullOrEmpty(Settings.ApplicationName) ? ApplicationName : Settings.ApplicationName,
        };

        // The statements of the bus need built-in types only. Npgsql would read all types of the database for each new connection string.
        // The typed property is obsolete in favour of the builder of a data source, and a clone has no builder.
        settings["Server Compatibility Mode"] = nameof(ServerCompatibilityMode.NoTypeLoading);
        if (commandTimeout is { } seconds)
            settings.CommandTimeout = seconds;

        // Npgsql prefers encryption by GSSAPI, and therefore repeats each rejected attempt at once without it.
        if (_hasGss == false)
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        return settings;
    }
}
