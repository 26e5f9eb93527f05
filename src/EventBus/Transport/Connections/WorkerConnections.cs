using System.Collections.Concurrent;
using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// The connections of a node for everything but listening and publishing: reading attachments, removing old ones, waking the listener.
/// They stay open while they are not used. Thread-safe.
/// </summary>
internal sealed class WorkerConnections(ConnectionOpener opener, int most) : IAsyncDisposable
{
    private static readonly TimeSpan CommandTimeout = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _places = new(most);
    private readonly ConcurrentStack<WorkerConnection> _idle = new();
    private volatile bool _isDisposed;

    /// <summary>The clock.</summary>
    public TimeProvider Time => opener.Time;

    /// <summary>Rents a connection, and waits until one is free. Dispose it to give it back.</summary>
    public async Task<WorkerConnection> RentAsync(CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            while (_idle.TryPop(out var idle))
            {
                if (idle.Generation == opener.Generation && idle.Connection.IsUsable)
                    return idle;
                await idle.Connection.CloseQuietlyAsync().ConfigureAwait(false);
            }

            var generation = opener.Generation;
            var opened = await opener.OpenAsync(cancellationToken).ConfigureAwait(false);
            return new WorkerConnection(this, opened, generation);
        }
        catch
        {
            _places.Release();
            throw;
        }
    }

    /// <summary>Sends an empty notification.</summary>
    public async Task NotifyAsync(string channel, CancellationToken cancellationToken)
    {
        var worker = await RentAsync(cancellationToken).ConfigureAwait(false);
        await using (worker.ConfigureAwait(false))
            await worker.Connection.NotifyAsync(channel, CommandTimeout, Time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the idle connections. Rented ones are closed when they are given back.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await CloseIdleAsync().ConfigureAwait(false);
    }

    internal async ValueTask GiveBackAsync(WorkerConnection worker)
    {
        try
        {
            if (worker.Connection.IsUsable && worker.Generation == opener.Generation)
                _idle.Push(worker);
            else
                await worker.Connection.CloseQuietlyAsync().ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }

        if (_isDisposed)
            await CloseIdleAsync().ConfigureAwait(false);
    }

    private async Task CloseIdleAsync()
    {
        while (_idle.TryPop(out var idle))
            await idle.Connection.CloseQuietlyAsync().ConfigureAwait(false);
    }
}

/// <summary>A rented connection.</summary>
internal sealed class WorkerConnection(WorkerConnections owner, OpenedConnection opened, int generation) : IAsyncDisposable
{
    public NpgsqlConnection Connection => opened.Connection;

    /// <summary>The process id of its backend.</summary>
    public int Pid => opened.Backend.Pid;

    /// <summary>The value of <see cref="ConnectionOpener.Generation"/> before it was opened.</summary>
    public int Generation => generation;

    public ValueTask DisposeAsync() => owner.GiveBackAsync(this);
}
