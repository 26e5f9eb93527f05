using Npgsql;

namespace EventBus.Transport.Connections;

/// <summary>Identifies a backend of the server: a process id alone can belong to a later one.</summary>
/// <param name="Pid">The process id.</param>
/// <param name="Start">When it started; null if the server does not know it.</param>
internal readonly record struct BackendId(int Pid, DateTime? Start)
{
    private const string TerminateSql = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2";

    /// <summary>
    /// Ends the backend, so that a statement whose outcome is unknown is not committed later. If it hangs, PostgreSQL ends it when it goes
    /// on.
    /// </summary>
    /// <param name="connection">Another connection of the same role.</param>
    /// <param name="timeout">The longest time.</param>
    /// <returns>Null if the signal was sent or the backend is gone; otherwise the reason why it may go on.</returns>
    public async Task<Exception?> TerminateAsync(NpgsqlConnection connection, TimeSpan timeout)
    {
        if (Start is not { } start)
            return new InvalidOperationException("The server does not list the backend, as behind a pooler.");
        try
        {
            var command = new NpgsqlCommand(TerminateSql, connection) { CommandTimeout = timeout.ToWholeSeconds() };
            await using var ofCommand = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Pid });
            command.Parameters.Add(new NpgsqlParameter<DateTime> { TypedValue = start });
            await command.ExecuteScalarAsync(CancellationToken.None).ConfigureAwait(false);
            return null;
        }
        catch (Exception exception) // The caller decides by the state of the connection.
        {
            return exception;
        }
    }
}

/// <summary>Looks up the roles of backends. Every role may read the pids and the roles of all sessions.</summary>
internal static class RoleLookUp
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private const string Sql =
        "SELECT pid, usename::text, usename = session_user FROM pg_stat_activity WHERE pid = ANY($1) AND usename IS NOT NULL";

    extension(WorkerConnections workers)
    {
        /// <summary>Reads the roles of backends. Backends that have gone are left out.</summary>
        public async Task<IReadOnlyList<BackendRole>> ReadRolesAsync(int[] pids, CancellationToken cancellationToken)
        {
            HiddenStatements.Begin();
            var worker = await workers.RentAsync(cancellationToken).ConfigureAwait(false);
            await using var ofWorker = worker.ConfigureAwait(false);
            return await StatementLimit.RunAsync(
                token => ReadAsync(worker.Connection, pids, token), Timeout, workers.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<IReadOnlyList<BackendRole>> ReadAsync(
        NpgsqlConnection connection, int[] pids, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = StatementLimit.CommandTimeout };
        await using var ofCommand = command.ConfigureAwait(false);
        command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = pids });
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var roles = new List<BackendRole>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            roles.Add(new BackendRole(reader.GetInt32(0), reader.GetString(1), reader.GetBoolean(2)));
        return roles;
    }
}
