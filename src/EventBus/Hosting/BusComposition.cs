using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Durable;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventBus.Hosting;

/// <summary>Builds the object graph of a bus or publisher from validated options. No other type depends on every layer.</summary>
internal static class BusComposition
{
    private const int UidDigits = 16;

    /// <param name="database">The database of the cluster. It is disposed with the bus.</param>
    /// <param name="options">The settings. They are copied.</param>
    /// <param name="loggerFactory">Creates the logger; null: no logging.</param>
    /// <param name="timeProvider">The clock; null: the system clock.</param>
    /// <param name="name">The name of the bus among several of a process, for logs and metrics; null: it has none.</param>
    /// <param name="filters">The filters of its events; null: none.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static Bus CreateBus(
        BusDatabase database,
        EventBusOptions? options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider,
        string? name = null,
        EmitFilterChain? filters = null)
    {
        options = Validated(options);
        var time = timeProvider ?? TimeProvider.System;
        options.Uid ??= RandomNumberGenerator.GetHexString(UidDigits, lowercase: true);
        var (meter, diagnostics, (transport, source)) = Create(
            options, loggerFactory, time, name, diagnostics => database.CreateTransport(options, time, diagnostics));
        var node = new ClusterNode(transport, source, options, time, diagnostics);
        return new Bus(node, options.SocketQueueEvents, diagnostics, () => DisposeOwnedAsync(meter, database))
        {
            EmitFilters = filters,
            Connections = database.Connections,
            Groups = new DurableGroups(database.Connections, new JournalNames(options.JournalTable)),
        };
    }

    /// <inheritdoc cref="CreateBus"/>
    public static EventBusPublisher CreatePublisher(
        BusDatabase database,
        EventBusOptions? options,
        ILoggerFactory? loggerFactory,
        TimeProvider? timeProvider,
        string? name = null,
        EmitFilterChain? filters = null)
    {
        options = Validated(options);
        var time = timeProvider ?? TimeProvider.System;
        var state = new PublisherState();
        var (meter, diagnostics, (pipeline, source)) = Create(
            options,
            loggerFactory,
            time,
            name,
            diagnostics => database.CreatePipeline(options, time, diagnostics, state.SetConnected));
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
                options.Journal,
                pipeline,
                diagnostics),
            state,
            time,
            diagnostics,
            () => DisposeOwnedAsync(meter, database))
        {
            EmitFilters = filters,
        };
    }

    private static EventBusOptions Validated(EventBusOptions? options)
    {
        var frozen = (options ?? new EventBusOptions()).Freeze();
        EventBusOptionsValidator.ThrowIfInvalid(frozen);
        return frozen;
    }

    /// <summary>Creates the lowest layer with its diagnostics. If that fails, the meter is disposed.</summary>
    private static (BusMeter Meter, BusDiagnostics Diagnostics, TLayer Layer) Create<TLayer>(
        EventBusOptions options, ILoggerFactory? loggerFactory, TimeProvider time, string? name, Func<BusDiagnostics, TLayer> create)
    {
        var meter = new BusMeter(name);
        try
        {
            var diagnostics = CreateDiagnostics(options, loggerFactory, meter.Meter, time, name);
            return (meter, diagnostics, create(diagnostics));
        }
        catch
        {
            meter.Dispose();
            throw;
        }
    }

    private static BusDiagnostics CreateDiagnostics(
        EventBusOptions options, ILoggerFactory? loggerFactory, Meter meter, TimeProvider time, string? name)
    {
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger(name is null ? "EventBus" : $"EventBus.{name}");
        var traces = new TraceSettings(options.TraceRelation, options.PropagateBaggage, name);
        return new BusDiagnostics(logger, options.ErrorHandler, meter, time, traces);
    }

    private static ValueTask DisposeOwnedAsync(BusMeter meter, BusDatabase database)
    {
        meter.Dispose();
        return database.DisposeAsync();
    }
}
