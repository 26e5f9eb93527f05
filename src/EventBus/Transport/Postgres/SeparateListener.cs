using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The listener's own data source, if the bus has one: the other connections may lead through a pooler in transaction mode then.
/// </summary>
internal sealed class SeparateListener : IAsyncDisposable
{
    private SeparateListener(NpgsqlDataSource dataSource, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        Opener = new ConnectionOpener(dataSource, options, time, diagnostics);
        Probes = new WorkerConnections(Opener, most: 1);
        Home = new HomeDatabase(Opener, new DatabaseAddress(dataSource), options.PublishTimeout, time);
    }

    /// <summary>Opens the listening connection.</summary>
    public ConnectionOpener Opener { get; }

    /// <summary>A second connection for the check at the start. Afterwards the listener needs only its own.</summary>
    public WorkerConnections Probes { get; }

    /// <summary>The database in which the bus listens.</summary>
    public HomeDatabase Home { get; }

    /// <returns>Null if the bus listens over its data source.</returns>
    public static SeparateListener? Of(EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics) =>
        options.GetListener() is { } dataSource ? new SeparateListener(dataSource, options, time, diagnostics) : null;

    /// <inheritdoc cref="StartProbe.CheckListenerAsync"/>
    public Task CheckAsync(CancellationToken cancellationToken) => StartProbe.CheckListenerAsync(Opener, Home, cancellationToken);

    /// <summary>Closes the connection of the check.</summary>
    public ValueTask EndProbesAsync() => Probes.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await Probes.DisposeAsync().ConfigureAwait(false);
        await Opener.DisposeAsync().ConfigureAwait(false);
    }
}
