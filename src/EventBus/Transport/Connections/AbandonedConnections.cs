using EventBus.Diagnostics;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// Connections with an operation that may hang and is no longer awaited. Each is closed when its operation has ended, at the latest by
/// Npgsql's own timeouts. Thread-safe.
/// </summary>
internal sealed class AbandonedConnections(TimeProvider time, BusDiagnostics diagnostics) : IAsyncDisposable
{
    /// <summary>The longest time for which <see cref="DisposeAsync"/> waits. Connections that hang longer are counted as closing.</summary>
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly HashSet<Task> _closings = [];

    /// <param name="connection">The connection.</param>
    /// <param name="operation">The operation that may still run on it.</param>
    /// <param name="used">Objects that the operation uses, disposed when it has ended.</param>
    public void Add(NpgsqlConnection connection, Task operation, params IReadOnlyList<IDisposable> used) => Add(async () =>
    {
        // Its failure was reported when the connection was abandoned.
        await operation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var disposable in used)
            disposable.Dispose();
        await connection.CloseQuietlyAsync().ConfigureAwait(false);
    });

    /// <summary>Adds a connection that is still being opened. If that fails, it closes itself.</summary>
    public void Add(Task<OpenedConnection> opening) => Add(async () =>
    {
        await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (opening.IsCompletedSuccessfully)
            await (await opening.ConfigureAwait(false)).Connection.CloseQuietlyAsync().ConfigureAwait(false);
    });

    public async ValueTask DisposeAsync()
    {
        Task[] closings;
        lock (_lock)
            closings = [.. _closings];
        await Task.WhenAll(closings).WaitAsync(CloseTime, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Add(Func<Task> close)
    {
        diagnostics.ClosingConnections.Add(1);
        var closing = CloseAsync();
        lock (_lock)
        {
            _closings.RemoveWhere(static task => task.IsCompleted);
            _closings.Add(closing);
        }

        async Task CloseAsync()
        {
            await close().ConfigureAwait(false);
            diagnostics.ClosingConnections.Add(-1);
        }
    }
}
