using EventBus.Diagnostics;
using EventBus.Transport.Postgres;
using EventBus.Wire;
using Npgsql;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A publish-only pipeline. It does not own its data source.</summary>
internal sealed class TestPublisher : IAsyncDisposable
{
    private readonly MessageEncoder _encoder;

    public TestPublisher(NpgsqlDataSource source, TestNames names, EventBusOptions? options = null)
    {
        Diagnostics = new BusDiagnostics(Logger, errorHandler: null);
        options ??= new EventBusOptions();
        options.TableName = names.Table;
        Pipeline = new PostgresPublisher(source, options, TimeProvider.System, Diagnostics);
        _encoder = new MessageEncoder(new() { Channel = names.Channel, Namespace = "/", Uid = "emitter", Source = Pipeline.Source });
    }

    public PostgresPublisher Pipeline { get; }

    public BusDiagnostics Diagnostics { get; }

    public RecordingLogger Logger { get; } = new();

    public OutgoingMessage Event(long number, int padding = 0) => _encoder.Broadcast(new TestEvent(number, padding), default);

    public ValueTask EmitAsync(long number, int padding = 0, CancellationToken cancellationToken = default) =>
        Pipeline.PublishAsync(Event(number, padding), cancellationToken);

    public ValueTask DisposeAsync() => Pipeline.DisposeAsync();
}
