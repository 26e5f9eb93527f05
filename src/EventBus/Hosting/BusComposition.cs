using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Transport;
using EventBus.Transport.InMemory;
using EventBus.Transport.Postgres;
using EventBus.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Builds the object graph of a bus or publisher from validated options. No other type depends on every layer.</summary>
internal static class BusComposition
{
    private const int UidDigits = 16;

    /// <param name="dataSource">The database of the cluster.</param>
    /// <param name="ownsDataSource">Whether it is disposed with the bus.</param>
    /// <param name="options">The settings. They are copied.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <param name="beforeAttachmentIsReady">Delays attachments in tests.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static Bus CreateBus(
        NpgsqlDataSource dataSource,
        bool ownsDataSource,
        EventBusOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider,
        Func<long, Task>? beforeAttachmentIsReady = null) =>
        CreateBus(options, loggerFactory, timeProvider, ownsDataSource ? dataSource : null, (options, time, diagnostics) =>
        {
            var transport = new PostgresTransport(dataSource, options, time, diagnostics, beforeAttachmentIsReady);
            return (transport, transport.Source);
        });

    /// <summary>Builds a bus over an in-memory cluster.</summary>
    /// <inheritdoc cref="CreateBus(NpgsqlDataSource, bool, EventBusOptions, ILoggerFactory?, TimeProvider?, Func{long, Task}?)"/>
    public static Bus CreateBus(
        InMemoryCluster cluster, EventBusOptions options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider) =>
        CreateBus(options, loggerFactory, timeProvider, owned: null, (options, time, diagnostics) =>
        {
            var transport = new InMemoryTransport(cluster.Database, options, time, diagnostics);
            return (transport, transport.Source);
        });

    /// <inheritdoc cref="CreateBus(NpgsqlDataSource, bool, EventBusOptions, ILoggerFactory?, TimeProvider?, Func{long, Task}?)"/>
    public static EventBusPublisher CreatePublisher(
        NpgsqlDataSource dataSource,
        bool ownsDataSource,
        EventBusOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider) =>
        CreatePublisher(options, loggerFactory, timeProvider, ownsDataSource ? dataSource : null, (options, time, diagnostics) =>
        {
            var pipeline = new PostgresPublisher(dataSource, options, time, diagnostics);
            return (pipeline, pipeline.Source);
        });

    /// <summary>Builds a publisher over an in-memory cluster.</summary>
    /// <inheritdoc cref="CreateBus(NpgsqlDataSource, bool, EventBusOptions, ILoggerFactory?, TimeProvider?, Func{long, Task}?)"/>
    public static EventBusPublisher CreatePublisher(
        InMemoryCluster cluster, EventBusOptions options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider) =>
        CreatePublisher(options, loggerFactory, timeProvider, owned: null, (options, time, diagnostics) =>
        {
            var pipeline = new InMemoryPublisher(cluster.Database, options, time, diagnostics);
            return (pipeline, pipeline.Source);
        });

    private static Bus CreateBus(
        EventBusOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider,
        NpgsqlDataSource? owned,
        Func<EventBusOptions, TimeProvider, BusDiagnostics, (ITransport Transport, string Source)> createTransport)
    {
        options = options.Freeze();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        var time = timeProvider ?? TimeProvider.System;
        var meter = new Meter(BusDiagnostics.MeterName);
        var diagnostics = CreateDiagnostics(options, loggerFactory, meter, time);
        options.Uid ??= RandomNumberGenerator.GetHexString(UidDigits, lowercase: true);
        var (transport, source) = createTransport(options, time, diagnostics);
        var node = new ClusterNode(transport, source, options, time, diagnostics);
        return new Bus(node, options.SocketQueueEvents, diagnostics, () => DisposeOwnedAsync(meter, owned));
    }

    private static EventBusPublisher CreatePublisher(
        EventBusOptions options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider,
        NpgsqlDataSource? owned,
        Func<EventBusOptions, TimeProvider, BusDiagnostics, (IPublishPipeline Pipeline, string Source)> createPipeline)
    {
        options = options.Freeze();
        EventBusOptionsValidator.ThrowIfInvalid(options);
        var time = timeProvider ?? TimeProvider.System;
        var meter = new Meter(BusDiagnostics.MeterName);
        var diagnostics = CreateDiagnostics(options, loggerFactory, meter, time);
        var (pipeline, source) = createPipeline(options, time, diagnostics);
        return new EventBusPublisher(
            pipeline,
            busNamespace => new EmitterAdapter(
                new MessageEncoder(new MessageEncoderOptions
                {
                    Channel = ChannelName.Of(options.ChannelPrefix, busNamespace),
                    Namespace = busNamespace,
                    Uid = MessageEncoderOptions.EmitterUid,
                    Source = source,
                    PayloadThreshold = options.PayloadThreshold,
                }),
                pipeline),
            time,
            diagnostics,
            () => DisposeOwnedAsync(meter, owned));
    }

    private static BusDiagnostics CreateDiagnostics(
        EventBusOptions options, ILoggerFactory? loggerFactory, Meter meter, TimeProvider time) =>
        new((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("EventBus"), options.ErrorHandler, meter, time);

    private static ValueTask DisposeOwnedAsync(Meter meter, NpgsqlDataSource? dataSource)
    {
        meter.Dispose();
        return dataSource?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
