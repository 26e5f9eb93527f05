using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Looks up the roles of backends. Every role may read the pids and the roles of all sessions.</summary>
internal static class RoleLookUp
{
    private const int CommandTimeout = 5;

    private const string Sql =
        "SELECT pid, usename::text, usename = session_user FROM pg_stat_activity WHERE pid = ANY($1) AND usename IS NOT NULL";

    extension(WorkerConnections workers)
    {
        /// <summary>Reads the roles of backends. Those that have gone are left out.</summary>
        public async Task<IReadOnlyList<BackendRole>> ReadRolesAsync(int[] pids, CancellationToken cancellationToken)
        {
            var worker = await workers.RentAsync(cancellationToken).ConfigureAwait(false);
            await using var ofWorker = worker.ConfigureAwait(false);
            var command = new NpgsqlCommand(Sql, worker.Connection) { CommandTimeout = CommandTimeout };
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
}
