using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Connections with an operation that may hang and is no longer awaited. Each is closed when its operation has ended, at the latest by
/// Npgsql's own timeouts.
/// </summary>
internal sealed class AbandonedConnections : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _closings = [];

    /// <param name="connection">The connection.</param>
    /// <param name="operation">The operation that may still run on it.</param>
    /// <param name="used">Objects that the operation uses, disposed when it has ended.</param>
    public void Add(NpgsqlConnection connection, Task operation, params IReadOnlyList<IDisposable> used)
    {
        var closing = CloseAsync(connection, operation, used);
        lock (_lock)
        {
            _closings.RemoveWhere(static task => task.IsCompleted);
            _closings.Add(closing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task[] closings;
        lock (_lock)
            closings = [.. _closings];
        await Task.WhenAll(closings).ConfigureAwait(false);
    }

    private static async Task CloseAsync(NpgsqlConnection connection, Task operation, IReadOnlyList<IDisposable> used)
    {
        // Its failure was reported when the connection was abandoned.
        await operation.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var disposable in used)
            disposable.Dispose();
        await connection.CloseQuietlyAsync().ConfigureAwait(false);
    }
}
