using EventBus.Cluster;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Starts a bus in a process without a host: <c>await using var bus = await EventBusNode.StartAsync(dataSource);</c></summary>
public static class EventBusNode
{
    /// <summary>
    /// Starts a member of the cluster over the application's data source, which the bus does not dispose; completes when the node is a
    /// member of the main namespace, or, with <see cref="EventBusOptions.AllowDegradedStart"/>, after the first attempt.
    /// </summary>
    /// <param name="dataSource">
    /// The database of the cluster: the primary, with a pool of at least three connections, without multiplexing. If it leads through a
    /// pooler in transaction mode, the options name a listener: <see cref="EventBusOptions.UseListener"/>.
    /// </param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="EventBusStartException">The bus can't run on this data source. The message states the reason.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static Task<IEventBus> StartAsync(
        NpgsqlDataSource dataSource,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return StartAsync(
            BusComposition.CreateBus(new PostgresDatabase(dataSource), options, loggerFactory, timeProvider), cancellationToken);
    }

    /// <summary>Starts a member of the cluster over a data source of its own.</summary>
    /// <inheritdoc cref="StartAsync(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?, CancellationToken)"/>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<IEventBus> StartAsync(
        string connectionString,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        return StartAsync(
            BusComposition.CreateBus(new PostgresDatabase(connectionString), options, loggerFactory, timeProvider), cancellationToken);
    }

    /// <summary>Starts a member of an in-memory cluster.</summary>
    /// <inheritdoc cref="StartAsync(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?, CancellationToken)"/>
    /// <param name="cluster">The cluster that its nodes and publishers share.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    public static Task<IEventBus> StartAsync(
        InMemoryCluster cluster,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return StartAsync(
            BusComposition.CreateBus(new MemoryDatabase(cluster), options, loggerFactory, timeProvider), cancellationToken);
    }

    private static async Task<IEventBus> StartAsync(Bus bus, CancellationToken cancellationToken)
    {
        try
        {
            await bus.StartAsync(cancellationToken).ConfigureAwait(false);
            return bus;
        }
        catch
        {
            await bus.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
