using System.Data;
using EventBus.Transport.Sql;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Journal;

/// <summary>Reads the journal, a page at a time. Not thread-safe.</summary>
/// <param name="names">The journal.</param>
/// <param name="isPrepared">Whether its statement is prepared at its first use on a connection.</param>
internal sealed class JournalReader(JournalNames names, bool isPrepared = false)
{
    /// <summary>The most ids that a page looks at, if few of their rows are wanted.</summary>
    private const long LongestSpan = 128 * 1024;

    private readonly JournalReadSql _sql = new(names);
    private long _span;

    /// <summary>
    /// Reads the next events of the cursor's window; outside of a window, the first ones of a new window, which ends now.
    /// </summary>
    /// <param name="connection">
    /// An open connection to the primary. It must be in no transaction that has an id: the snapshot would not name it as open.
    /// </param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="filter">The wanted events.</param>
    /// <param name="limits">The size of the page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PostgresException">PostgreSQL rejected it: see <see cref="JournalFault"/>.</exception>
    /// <exception cref="EventSerializationException">A row is not valid.</exception>
    public async Task<JournalPage> ReadPageAsync(
        NpgsqlConnection connection,
        JournalCursor cursor,
        JournalFilter filter,
        JournalLimits limits,
        CancellationToken cancellationToken)
    {
        _span = Math.Clamp(_span, limits.Rows, LongestSpan);
        var place = cursor.Place;
        var first = Math.Max(place.IsEndOfRow ? place.Row + 1 : place.Row, 1); // Ids begin with 1: before all rows, none can be late.
        var command = Command(connection, cursor, filter, limits, first);
        await using var ofCommand = command.ConfigureAwait(false);
        if (isPrepared)
            await command.PrepareAsync(cancellationToken).ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        var answer = await ReadAsync(reader, limits.Bytes, cancellationToken).ConfigureAwait(false);

        var isCut = answer.Rows.Count >= limits.Rows || answer.Bytes >= limits.Bytes;
        _span = isCut ? _span / 2 : answer.Rows.Count < limits.Rows / 4 ? _span * 2 : _span;
        return Page(cursor, filter, answer, isCut);
    }

    /// <summary>
    /// Counts the rows that the retention has removed before the reader came to them. It is an upper bound: nobody has counted the events
    /// that the reader had read, or did not want.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<long> CountMissedAsync(NpgsqlConnection connection, JournalCursor cursor, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(_sql.Missed, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = cursor.Incarnation },
                Snapshot(cursor.Previous),
                Bigint(cursor.Place.Row),
            },
        };
        await using var ofCommand = command.ConfigureAwait(false);
        return (long)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!;
    }

    private static JournalPage Page(JournalCursor cursor, JournalFilter filter, Answer answer, bool isCut)
    {
        var last = isCut ? answer.Rows[^1].Id : answer.Last;
        List<JournalEvent> events = [];
        foreach (var row in answer.Rows)
            row.AddTo(events, filter, cursor.Place);

        // After a move to another server, no transaction writes rows of the old incarnation, and new snapshots do not compare with them.
        // The window under way is finished; then the rest of the incarnation is read without a target.
        var isMoved = answer.Incarnation != cursor.Incarnation;
        var window = cursor.Target is not null || isMoved
            ? cursor
            : cursor with { Target = answer.Snapshot, TargetHigh = answer.High };
        if (isCut || last < (window.Target is null ? answer.High : Math.Min(window.TargetHigh, answer.High)))
            return new JournalPage(events, window with { Place = JournalPlace.EndOf(last) }, IsComplete: false, window, answer.Wal);
        var next = window.Target is { } target
            ? new JournalCursor(cursor.Incarnation, target, window.TargetHigh)
            : JournalCursor.Beginning(cursor.Incarnation < answer.Incarnation ? cursor.Incarnation + 1 : answer.Incarnation);
        return new JournalPage(events, next, !isMoved, window, answer.Wal);
    }

    // The server limits the bytes that it has stored. It may send many more, because bodies are compressed.
    private static async Task<Answer> ReadAsync(NpgsqlDataReader reader, long limit, CancellationToken cancellationToken)
    {
        const int Bytes = 12;
        var answer = new Answer();
        while (answer.Bytes < limit && await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!reader.IsDBNull(0))
            {
                var row = new JournalRow(reader);
                answer.Rows.Add(row);
                answer.Bytes += Math.Max(row.Bytes, reader.GetInt64(Bytes));
            }

            if (!reader.IsDBNull(Bytes + 1))
                answer.Snapshot = reader.GetString(Bytes + 1);
            answer.High = reader.GetInt64(Bytes + 2);
            answer.Incarnation = reader.GetInt32(Bytes + 3);
            answer.Last = reader.GetInt64(Bytes + 4);
            if (reader.IsDBNull(Bytes + 5))
                throw new JournalNotAvailableException("The server is a standby: the journal is read on the primary.", isTransient: true);
            answer.Wal = new WalPlace(reader.GetString(Bytes + 5), reader.GetInt64(Bytes + 6), reader.GetInt64(Bytes + 7));
        }

        return answer;
    }

    private NpgsqlCommand Command(
        NpgsqlConnection connection, JournalCursor cursor, JournalFilter filter, JournalLimits limits, long first) =>
        new(_sql.Page, connection)
        {
            Parameters =
            {
                Snapshot(cursor.Previous),
                Bigint(cursor.High),
                Snapshot(cursor.Target),
                Bigint(first),
                Bigint(_span),
                new NpgsqlParameter { Value = filter.Channels.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
                new NpgsqlParameter<int> { TypedValue = cursor.Incarnation },
                Bigint(limits.Rows),
                Bigint(limits.Bytes),
            },
        };

    private static NpgsqlParameter<long> Bigint(long value) => new() { TypedValue = value };

    private static NpgsqlParameter Snapshot(string? value) =>
        new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private sealed class Answer
    {
        public List<JournalRow> Rows { get; } = [];

        public long Bytes { get; set; }

        public string Snapshot { get; set; } = "";

        public WalPlace Wal { get; set; }

        public long High { get; set; }

        public int Incarnation { get; set; }

        /// <summary>The last id that was looked at.</summary>
        public long Last { get; set; }
    }
}
