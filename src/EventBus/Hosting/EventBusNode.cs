using EventBus.Cluster;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Starts a bus in a process without a host: <c>await using var bus = await EventBusNode.StartAsync(dataSource);</c></summary>
public static class EventBusNode
{
    /// <summary>Starts a member of the cluster over the application's data source, which stays the application's; it completes when the node is a member of the main namespace.</summary>
    /// <param name="dataSource">Where the cluster is. At least three connections, no multiplexing, the primary, and no pooler in transaction mode.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="EventBusStartException">The bus cannot run on this data source; the message says why.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static Task<IEventBus> StartAsync(
        NpgsqlDataSource dataSource,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataSource);
        return StartAsync(BusComposition.CreateBus(dataSource, ownsDataSource: false, options ?? new EventBusOptions(), loggerFactory, timeProvider), cancellationToken);
    }

    /// <summary>Starts a member of the cluster over a data source of its own.</summary>
    /// <inheritdoc cref="StartAsync(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?, CancellationToken)"/>
    /// <param name="connectionString">An Npgsql connection string.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static Task<IEventBus> StartAsync(
        string connectionString,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(connectionString);
        options ??= new EventBusOptions();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        return StartAsync(BusComposition.CreateBus(NpgsqlDataSource.Create(connectionString), ownsDataSource: true, options, loggerFactory, timeProvider), cancellationToken);
    }

    /// <summary>Starts a member of an in-memory cluster.</summary>
    /// <inheritdoc cref="StartAsync(NpgsqlDataSource, EventBusOptions?, ILoggerFactory?, TimeProvider?, CancellationToken)"/>
    /// <param name="cluster">The cluster, which its nodes and publishers share.</param>
    /// <param name="options">The settings; null: the defaults.</param>
    /// <param name="loggerFactory">Where to log; null: nowhere.</param>
    /// <param name="timeProvider">The clock; null: the system's.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static Task<IEventBus> StartAsync(
        InMemoryCluster cluster,
        EventBusOptions? options = null,
        ILoggerFactory? loggerFactory = null,
        TimeProvider? timeProvider = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return StartAsync(BusComposition.CreateBus(cluster, options ?? new EventBusOptions(), loggerFactory, timeProvider), cancellationToken);
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
