using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>
/// Lets the backends of a publisher keep the memory of a statement for the next one, up to twice the size. The C library glibc gives it
/// back to the system after each statement, until it has freed a larger block once. A large batch then spends half of its time in page
/// faults. If the server refuses once, it is not asked again: publishing is slower, and that is all. Not thread-safe.
/// </summary>
internal sealed class BackendMemory(TimeProvider time)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private bool _isRefused;

    /// <param name="connection">The connection of the backend.</param>
    /// <param name="kilobytes">The size of the block. The backend needs it twice for a moment.</param>
    /// <param name="cancellationToken">Cancels the statement.</param>
    /// <exception cref="NpgsqlException">The connection was lost.</exception>
    public async Task KeepAsync(NpgsqlConnection connection, int kilobytes, CancellationToken cancellationToken)
    {
        if (_isRefused)
            return;
        var sql = $"SELECT octet_length(repeat(repeat(' ', 1000), {kilobytes}))";
        var command = new NpgsqlCommand(sql, connection) { CommandTimeout = StatementLimit.CommandTimeout };
        await using var ofCommand = command.ConfigureAwait(false);
        try
        {
            await StatementLimit.RunAsync(command.ExecuteNonQueryAsync, Limit, time, cancellationToken).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (exception is PostgresException or { InnerException: TimeoutException })
        {
            // The role must not execute the function, or the server is slow, or has no memory left: then Npgsql closes the connection.
            _isRefused = true;
            if (!connection.IsUsable)
                throw;
        }
    }
}
