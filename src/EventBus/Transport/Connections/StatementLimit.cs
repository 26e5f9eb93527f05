using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// Limits the time of a statement on a connection of the bus, and cancels the statement on a thread outside the pool.
/// </summary>
/// <remarks>
/// Npgsql sends a cancel request synchronously over a new connection: on the thread that cancels the token, or on the thread that notices
/// the command timeout. Over a dead link this blocks the thread for the connection timeout, 15 s by default. Each connection of the bus
/// hangs on a dead link, and the pool of a small machine has no more threads than that. So these statements have no command timeout. Two
/// statements have one: publishing must not allocate, and reading attachments may wait for handlers. Each blocks one thread at most.
/// </remarks>
internal sealed class StatementLimit : IDisposable
{
    /// <summary>The <see cref="NpgsqlCommand.CommandTimeout"/> of a statement with a limit: Npgsql itself never cancels it.</summary>
    public const int CommandTimeout = 0;

    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _cancellation = new();
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _registration;
    private bool _isCancelling;

    private StatementLimit(TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        _timer = time.CreateBackgroundTimer(
            static limit => ((StatementLimit)limit!).BeginToCancel(), this, timeout, Timeout.InfiniteTimeSpan);
        _registration = cancellationToken.UnsafeRegister(static limit => ((StatementLimit)limit!).BeginToCancel(), this);
    }

    /// <summary>Runs a statement, and cancels it when the time has passed or the caller cancels.</summary>
    /// <param name="statement">Runs the statement with a token. Its command has the timeout <see cref="CommandTimeout"/>.</param>
    /// <param name="timeout">The time after which the statement is cancelled; at least 1 s.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="NpgsqlException">The time has passed. As from Npgsql itself, the inner exception is a timeout.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> statement, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        timeout = timeout > Shortest ? timeout : Shortest;
        using var limit = new StatementLimit(timeout, time, cancellationToken);
        try
        {
            return await statement(limit._cancellation.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new NpgsqlException(
                "PostgreSQL did not respond in time.",
                new TimeoutException($"The statement was cancelled after {timeout.TotalSeconds:0.#} s.", exception));
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _registration.Dispose();
        if (!Interlocked.Exchange(ref _isCancelling, true))
            _cancellation.Dispose();
    }

    private void BeginToCancel()
    {
        if (!Interlocked.Exchange(ref _isCancelling, true))
            new Thread(_cancellation.Cancel) { IsBackground = true, Name = "EventBus cancels a statement" }.UnsafeStart();
    }
}
