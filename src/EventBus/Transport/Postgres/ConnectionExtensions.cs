using System.Data;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>What those that own a connection do with it, and make of its failures.</summary>
internal static class ConnectionExtensions
{
    extension(TimeSpan time)
    {
        /// <summary>The time as Npgsql's command timeouts take it, to which 0 would be no limit.</summary>
        public int ToWholeSeconds() => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds));
    }

    extension(PostgresException refusal)
    {
        /// <summary>Whether the server refused it for a reason that passes, a cancelled statement among them.</summary>
        public bool MayPass => refusal.SqlState switch
        {
            PostgresErrorCodes.OutOfMemory => false,
            PostgresErrorCodes.ProgramLimitExceeded => true, // The notification queue is full.
            var state => state[..2] is "08" or "25" or "40" or "53" or "55" or "57" or "58",
        };
    }

    extension(NpgsqlConnection connection)
    {
        /// <summary>Whether the connection can still be used.</summary>
        public bool IsUsable => connection.FullState == ConnectionState.Open;

        /// <summary>Asks the server for a sign of life.</summary>
        public async Task CheckAsync(TimeSpan timeout)
        {
            var command = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = timeout.ToWholeSeconds() };
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(CancellationToken.None).ConfigureAwait(false);
        }

        /// <summary>Closes a connection whose failure, where it had one, is known.</summary>
        public async Task CloseQuietlyAsync()
        {
            try
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
            {
                // A broken connection may fail once more while it is closed: it is gone either way.
            }
        }
    }
}
