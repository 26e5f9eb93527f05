using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>A server that tests may stop, restart and pause.</summary>
public sealed class PrivateServerFixture : IAsyncLifetime
{
    private const int PauseAttempts = 3;

    private PostgresServer? _server;

    public PostgresServer Server => _server ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => _server = await PostgresServer.StartAsync(new() { MustBePrivate = true });

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    /// <summary>Finds the backend that listens or publishes for a node, by its application name.</summary>
    internal async Task<int> FindBackendAsync(string application, Backend backend)
    {
        await using var observer = Server.CreateDataSource(static builder => builder.Pooling = false);
        await using var command = observer.CreateCommand(
            """
            SELECT min(pid) FROM pg_stat_activity
            WHERE application_name = $1 AND CASE
                WHEN $2 THEN query LIKE 'LISTEN%' OR query = 'SELECT 1'
                ELSE query LIKE '%pg_noti%' AND query NOT LIKE 'SELECT pg_notify(%' END
            """);
        command.Parameters.AddWithValue(application);
        command.Parameters.AddWithValue(backend == Backend.Listener);
        while (true)
        {
            // While a node reconnects, it has none for a moment.
            if (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) is int processId)
                return processId;
        }
    }

    /// <summary>Pauses the backend that publishes for a node, while the statement of an event is in flight.</summary>
    /// <param name="application">The application name of the node.</param>
    /// <param name="emitAsync">Emits the next event.</param>
    /// <returns>The paused backend. The outcome of the last event is unknown.</returns>
    /// <remarks>
    /// A connection that was unused for a second is checked before the next event, which then waits for another connection. That happens
    /// if this process stands still after the pause has begun. Then the event is published, and the next backend is paused.
    /// </remarks>
    internal async Task<int> PausePublisherAsync(string application, Func<Task> emitAsync)
    {
        await emitAsync();
        for (var attempt = 1; attempt <= PauseAttempts; attempt++)
        {
            var backend = await FindBackendAsync(application, Backend.Publisher);
            await emitAsync();
            await Server.PauseBackendAsync(backend);
            var isInFlight = false;
            try
            {
                await emitAsync();
            }
            catch (EventOutcomeUnknownException)
            {
                isInFlight = true;
                return backend;
            }
            catch (EventNotSentException)
            {
                // It expired during the check.
            }
            finally
            {
                if (!isInFlight)
                    await Server.ResumeBackendAsync(backend);
            }

            await UntilGoneAsync(backend);
        }

        throw new InvalidOperationException($"No emit of {PauseAttempts} has an unknown outcome.");
    }

    /// <inheritdoc cref="BackendExtensions.UntilGoneAsync"/>
    internal async Task UntilGoneAsync(int processId)
    {
        await using var observer = Server.CreateDataSource(static builder => builder.Pooling = false);
        await observer.UntilGoneAsync(processId);
    }

    /// <inheritdoc cref="BackendExtensions.TerminateAsync"/>
    internal async Task TerminateAsync(int processId)
    {
        await using var observer = Server.CreateDataSource(static builder => builder.Pooling = false);
        await observer.TerminateAsync(processId);
    }
}
