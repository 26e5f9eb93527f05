using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.InMemory;
using EventBus.Transport.Postgres;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>The database of a bus or publisher. It creates the lowest layer, and is disposed last.</summary>
internal abstract class BusDatabase : IAsyncDisposable
{
    /// <summary>Creates the transport of a bus.</summary>
    /// <returns>The transport, and the id of its publisher.</returns>
    public abstract (ITransport Transport, string Source) CreateTransport(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics);

    /// <summary>Creates the pipeline of a publisher.</summary>
    /// <returns>The pipeline, and its id.</returns>
    public abstract (IPublishPipeline Pipeline, string Source) CreatePipeline(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool> connectedChanged);

    /// <summary>Opens the connections of durable handlers; null: the database has no journal that they could read.</summary>
    public virtual NpgsqlDataSource? Connections => null;

    public abstract ValueTask DisposeAsync();
}

/// <summary>A PostgreSQL database.</summary>
internal sealed class PostgresDatabase : BusDatabase
{
    private readonly string? _connectionString;
    private NpgsqlDataSource? _dataSource;
    private NpgsqlDataSource? _listener; // only if this object has created it

    /// <summary>Uses a data source of the application.</summary>
    public PostgresDatabase(NpgsqlDataSource dataSource) => _dataSource = dataSource;

    /// <summary>Uses a data source of its own.</summary>
    public PostgresDatabase(string connectionString) => _connectionString = connectionString;

    public override NpgsqlDataSource? Connections => Open();

    public override (ITransport Transport, string Source) CreateTransport(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        if (options.ListenerConnectionString is { } listener)
            options.UseListener(_listener ??= NpgsqlDataSource.Create(listener));
        var transport = new PostgresTransport(Open(), options, time, diagnostics);
        return (transport, transport.Source);
    }

    public override (IPublishPipeline Pipeline, string Source) CreatePipeline(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool> connectedChanged)
    {
        var pipeline = new PostgresPublisher(Open(), options, time, diagnostics, connectedChanged);
        return (pipeline, pipeline.Source);
    }

    public override async ValueTask DisposeAsync()
    {
        if (_listener is not null)
            await _listener.DisposeAsync().ConfigureAwait(false);
        if (_connectionString is not null && _dataSource is not null)
            await _dataSource.DisposeAsync().ConfigureAwait(false);
    }

    private NpgsqlDataSource Open()
    {
        try
        {
            return _dataSource ??= NpgsqlDataSource.Create(_connectionString!);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            throw new EventBusStartException(
                $"The connection string of the bus cannot be read: {exception.Message} Npgsql expects settings, such as "
                + "'Host=localhost;Username=app;Password=secret;Database=chat', and no URL.",
                exception);
        }
    }
}

/// <summary>A database in the memory of this process.</summary>
internal sealed class MemoryDatabase(InMemoryCluster cluster) : BusDatabase
{
    public override (ITransport Transport, string Source) CreateTransport(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        var transport = new InMemoryTransport(cluster.Database, options, time, diagnostics);
        return (transport, transport.Source);
    }

    public override (IPublishPipeline Pipeline, string Source) CreatePipeline(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool> connectedChanged)
    {
        var pipeline = new InMemoryPublisher(cluster.Database, options, time, diagnostics, connectedChanged);
        return (pipeline, pipeline.Source);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
