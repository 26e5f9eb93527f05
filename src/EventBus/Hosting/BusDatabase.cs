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

    public abstract ValueTask DisposeAsync();
}

/// <summary>A PostgreSQL database.</summary>
/// <param name="dataSource">Opens the connections.</param>
/// <param name="isOwned">Whether the data source is disposed with the bus or publisher.</param>
internal sealed class PostgresDatabase(NpgsqlDataSource dataSource, bool isOwned = false) : BusDatabase
{
    /// <summary>Creates a data source that is disposed with the bus or publisher.</summary>
    public PostgresDatabase(string connectionString)
        : this(NpgsqlDataSource.Create(connectionString), isOwned: true)
    {
    }

    public override (ITransport Transport, string Source) CreateTransport(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        var transport = new PostgresTransport(dataSource, options, time, diagnostics);
        return (transport, transport.Source);
    }

    public override (IPublishPipeline Pipeline, string Source) CreatePipeline(
        EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool> connectedChanged)
    {
        var pipeline = new PostgresPublisher(dataSource, options, time, diagnostics, connectedChanged);
        return (pipeline, pipeline.Source);
    }

    public override ValueTask DisposeAsync() => isOwned ? dataSource.DisposeAsync() : ValueTask.CompletedTask;
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
