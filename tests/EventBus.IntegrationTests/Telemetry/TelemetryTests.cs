using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Telemetry;

/// <summary>
/// Tests that listen to the telemetry of the process. While they do, every bus of the process sends traces, so no other test runs.
/// </summary>
[CollectionDefinition(nameof(TelemetryCollection), DisableParallelization = true)]
public sealed class TelemetryCollection;

/// <summary>Nodes on a channel and a table of their own.</summary>
public abstract class TelemetryTests(DatabaseFixture database) : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    protected NpgsqlDataSource DataSource { get; private set; } = null!;

    /// <summary>The application name of all connections of the test.</summary>
    protected string ApplicationName => _unique;

    protected string ConnectionString =>
        new NpgsqlConnectionStringBuilder(database.Server.ConnectionString) { ApplicationName = _unique }.ConnectionString;

    /// <summary>The channel of the main namespace.</summary>
    protected string Channel => $"{_unique}#/";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        DataSource = NpgsqlDataSource.Create(ConnectionString);
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await DataSource.DisposeAsync();
    }

    protected Task<IEventBus> StartAsync(Action<EventBusOptions>? configure = null) =>
        EventBusNode.StartAsync(DataSource, Options(configure), cancellationToken: Cancellation);

    protected EventBusOptions Options(Action<EventBusOptions>? configure = null)
    {
        var options = new EventBusOptions { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" };
        configure?.Invoke(options);
        return options;
    }
}
