using System.Globalization;
using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Names the backends that probably hold PostgreSQL's notification queue: listening backends that no longer read. Not thread-safe.
/// </summary>
/// <remarks>
/// PostgreSQL does not show which backends listen. A backend that holds the queue is in a transaction, or waits for a client that does not
/// read. If the queue is half full, PostgreSQL warns the session that notifies. The detail of this warning names a backend, but Npgsql
/// hides the detail unless the connection string has <c>Include Error Detail</c>.
/// </remarks>
internal sealed class QueueHolder(TimeProvider time, ILogger logger)
{
    private const string Warns = "asyncQueueFillWarning";
    private const string Rejects = "PreCommit_Notify";
    private const string Nobody = "a backend that this role cannot see (with the role pg_monitor it sees all)";
    private const int QueryTimeoutSeconds = 1;

    private const string Sql =
        """
        SELECT format('the backend with process id %s (%s)', pid, concat_ws(', ', usename, nullif(application_name, ''), state,
            CASE WHEN wait_event = 'ClientWrite' THEN 'its client does not read' END,
            'in a transaction for ' || date_trunc('second', clock_timestamp() - xact_start)))
        FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND backend_type = 'client backend' AND (xact_start IS NOT NULL OR pid = $1)
        ORDER BY pid = $1 DESC, wait_event IS NOT DISTINCT FROM 'ClientWrite' DESC, xact_start
        LIMIT 3
        """;

    private readonly Episode _episode = new(time);
    private bool _isWarned;
    private int _warnedOf;

    /// <summary>Whether a statement failed because the queue is full.</summary>
    public static bool IsQueueFull(PostgresException exception) =>
        exception is { SqlState: PostgresErrorCodes.ProgramLimitExceeded, Routine: Rejects };

    /// <summary>Receives the warnings of a connection.</summary>
    public void Watch(NpgsqlConnection connection) => connection.Notice += OnNotice;

    /// <summary>Logs the holders if a statement of this connection was warned that the queue is half full.</summary>
    public async ValueTask LogAsync(NpgsqlConnection connection)
    {
        if (!_isWarned)
            return;
        _isWarned = false;
        if (_episode.Begins())
            logger.QueueHeld(await FindAsync(connection).ConfigureAwait(false));
    }

    /// <summary>Adds the holders to the error that the queue is full, and logs them.</summary>
    public async Task<PostgresException> ExplainAsync(NpgsqlConnection connection, PostgresException full)
    {
        var holders = await FindAsync(connection).ConfigureAwait(false);
        if (_episode.Begins())
            logger.QueueHeld(holders);
        return new PostgresException(
            $"{full.MessageText}. It is probably held by {holders}",
            full.Severity,
            full.InvariantSeverity,
            full.SqlState,
            routine: full.Routine);
    }

    private async Task<string> FindAsync(NpgsqlConnection connection)
    {
        try
        {
            var found = new List<string>();
            var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = QueryTimeoutSeconds };
            await using var ofCommand = command.ConfigureAwait(false);
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = _warnedOf });
            var reader = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
            await using var ofReader = reader.ConfigureAwait(false);
            while (await reader.ReadAsync(CancellationToken.None).ConfigureAwait(false))
                found.Add(reader.GetString(0));
            return found.Count == 0 ? Nobody : string.Join(", or ", found);
        }
        catch (Exception exception) // The outcome of the statement before is known, and must not depend on this query.
        {
            return $"a backend that cannot be named ({exception.Message})";
        }
    }

    private void OnNotice(object sender, NpgsqlNoticeEventArgs arguments)
    {
        // The name of the routine is not translated. The only number in the detail is the process id.
        if (arguments.Notice is not { Routine: Warns } warning)
            return;
        _isWarned = true;
        var detail = warning.Detail ?? "";
        var digits = detail.AsSpan(Math.Max(0, detail.AsSpan().IndexOfAnyInRange('0', '9')));
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        _warnedOf = int.TryParse(digits[..Math.Max(0, end)], NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
    }
}
