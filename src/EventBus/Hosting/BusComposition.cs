using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Namespaces;
using EventBus.Transport;
using EventBus.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Builds the object graph of a bus or publisher from validated options: the one place that knows every layer.</summary>
internal static class BusComposition
{
    private const int IdDigits = 16;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static Bus CreateBus(NpgsqlDataSource dataSource, bool ownsDataSource, EventBusOptions options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider)
    {
        EventBusOptionsValidator.ThrowIfInvalid(options);
        var time = timeProvider ?? TimeProvider.System;
        var meter = new Meter(BusDiagnostics.MeterName);
        var diagnostics = CreateDiagnostics(options, loggerFactory, meter);
        var source = NewId();
        ITransport transport = CreateTransport();
        var settings = new ClusterSettings
        {
            Uid = options.Uid ?? NewId(),
            ChannelPrefix = options.ChannelPrefix,
            PayloadThreshold = options.PayloadThreshold,
            HeartbeatInterval = options.HeartbeatInterval,
            HeartbeatTimeout = options.HeartbeatTimeout,
            SocketQueueEvents = options.SocketQueueEvents,
        };
        var node = new ClusterNode(transport, source, settings, time, diagnostics);
        return new Bus(node, options.SocketQueueEvents, diagnostics, () => DisposeOwnedAsync(meter, ownsDataSource ? dataSource : null));
    }

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">An option is not valid.</exception>
    public static EventBusPublisher CreatePublisher(
        NpgsqlDataSource dataSource, bool ownsDataSource, EventBusOptions options, ILoggerFactory? loggerFactory, TimeProvider? timeProvider)
    {
        EventBusOptionsValidator.ThrowIfInvalid(options);
        var time = timeProvider ?? TimeProvider.System;
        var meter = new Meter(BusDiagnostics.MeterName);
        var diagnostics = CreateDiagnostics(options, loggerFactory, meter);
        var source = NewId();
        IPublishPipeline pipeline = CreateTransport();
        var (prefix, threshold) = (options.ChannelPrefix, options.PayloadThreshold);
        return new EventBusPublisher(
            pipeline,
            busNamespace => new Broadcaster(new EmitterAdapter(
                new MessageEncoder(new MessageEncoderOptions
                {
                    Channel = ChannelName.Of(prefix, busNamespace),
                    Namespace = busNamespace,
                    Uid = EmitterAdapter.Uid,
                    Source = source,
                    PayloadThreshold = threshold,
                }),
                pipeline,
                diagnostics)),
            diagnostics.Snapshot,
            () => DisposeOwnedAsync(meter, ownsDataSource ? dataSource : null));
    }

    private static ITransport CreateTransport() => throw new NotImplementedException();

    private static BusDiagnostics CreateDiagnostics(EventBusOptions options, ILoggerFactory? loggerFactory, Meter meter) =>
        new((loggerFactory ?? NullLoggerFactory.Instance).CreateLogger("EventBus"), options.ErrorHandler, meter);

    private static string NewId() => RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);

    private static ValueTask DisposeOwnedAsync(Meter meter, NpgsqlDataSource? dataSource)
    {
        meter.Dispose();
        return dataSource?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
