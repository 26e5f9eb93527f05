using System.Runtime.CompilerServices;
using EventBus.Transport.Connections;
using EventBus.Transport.Sql;
using Npgsql;

namespace EventBus.Transport.Journal;

/// <summary>Replays the journal of a database, a page at a time over a connection of the node. Thread-safe.</summary>
internal sealed class PostgresJournal(WorkerConnections workers, EventBusOptions options) : IJournal
{
    /// <summary>The time before a position from which on events are read again if its snapshots mean nothing any more.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(1);

    private readonly JournalNames _names = new(options.JournalTable);

    public async IAsyncEnumerable<StoredEvent> ReadAsync(
        string channel, IReadOnlySet<string> names, JournalStart start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = new JournalFilter([channel], names);
        var (reader, cursor, isNew, timeline, since) = await RunAsync(
            connection => OpenAsync(connection, start, cancellationToken), cancellationToken).ConfigureAwait(false);
        string? flushed = null;
        while (true)
        {
            var page = await RunAsync(
                async connection =>
                {
                    var page = await reader
                        .ReadPageAsync(connection, cursor, filter, JournalLimits.Default, cancellationToken).ConfigureAwait(false);
                    if (page.Wal.Timeline != timeline)
                        throw new JournalNotAvailableException("The server was replaced by another one.", isTransient: true);
                    if (page.Window.Target is { } target && target != flushed)
                        await ExecuteAsync(connection, JournalReadSql.Flush, cancellationToken).ConfigureAwait(false);
                    flushed = page.Window.Target;
                    return page;
                },
                cancellationToken).ConfigureAwait(false);
            var window = $"{timeline}|{page.Window.Window}";
            foreach (var item in page.Events)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (item.At >= since)
                    yield return new StoredEvent(item.Identity, item.At, item.Body, item.IsAttached, PositionOf(item, window));
            }

            if (page.IsComplete && isNew)
                yield break;
            isNew |= page.IsComplete;
            cursor = page.Next;
        }
    }

    private static JournalPosition PositionOf(JournalEvent item, string window) =>
        new() { Window = window, Row = item.Place.Row, Index = item.Place.Index, At = item.At };

    /// <returns>IsNew: whether the first window is the last one, else it is that of an earlier replay.</returns>
    private async Task<(JournalReader Reader, JournalCursor Cursor, bool IsNew, string Timeline, DateTimeOffset Since)> OpenAsync(
        NpgsqlConnection connection, JournalStart start, CancellationToken cancellationToken)
    {
        var state = await JournalState.ReadAsync(connection, _names, isSynchronous: false, cancellationToken).ConfigureAwait(false);
        if (state is not { IsPartitioned: true, HidesRows: false })
            throw new JournalNotAvailableException(JournalFault.NotReadable(_names, state));
        var names = _names.In(state.Schema);
        var earliest = DateTimeOffset.MinValue + Overlap;
        var since = start.After is { } position && position.At > earliest ? position.At - Overlap : start.Since;
        var (beginning, timeline) = await ReadStartAsync(connection, names, since, cancellationToken).ConfigureAwait(false);
        var reader = new JournalReader(names);
        if (start.After is { } after)
        {
            var (cursor, itsTimeline) = CursorOf(after);
            if (itsTimeline == timeline)
                return (reader, cursor, cursor.Target is null, timeline, DateTimeOffset.MinValue);
        }

        return (reader, beginning, IsNew: true, timeline, since);
    }

    private static (JournalCursor Cursor, string Timeline) CursorOf(in JournalPosition position)
    {
        var window = position.Window ?? "";
        var end = window.IndexOf('|', StringComparison.Ordinal);
        return end > 0
            && JournalCursor.TryParse(window[(end + 1)..], new JournalPlace(position.Row, position.Index)) is { } cursor
                ? (cursor, window[..end])
                : throw new ArgumentException("This is not a position of a journal in PostgreSQL.", nameof(position));
    }

    private static async Task<(JournalCursor Cursor, string Timeline)> ReadStartAsync(
        NpgsqlConnection connection, JournalNames names, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(new JournalReadSql(names).Start, connection)
        {
            Parameters = { new NpgsqlParameter<DateTime> { TypedValue = since.UtcDateTime } },
        };
        await using var ofCommand = command.ConfigureAwait(false);
        var reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using var ofReader = reader.ConfigureAwait(false);
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (reader.IsDBNull(5))
            throw new JournalNotAvailableException("The server is a standby: the journal is read on the primary.", isTransient: true);
        var cursor = JournalCursor.Beginning(reader.GetInt32(1)) with { Place = JournalPlace.EndOf(reader.GetInt64(0) - 1) };

        // A row that is committed from now on may have a smaller id than the first one. The snapshot leaves it to the next replay.
        var isPresent = cursor.Incarnation == reader.GetInt32(2);
        return (isPresent ? cursor with { Target = reader.GetString(3), TargetHigh = reader.GetInt64(4) } : cursor, reader.GetString(5));
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection);
        await using var ofCommand = command.ConfigureAwait(false);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> RunAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        HiddenStatements.Begin();
        try
        {
            var worker = await workers.RentAsync(cancellationToken).ConfigureAwait(false);
            await using (worker.ConfigureAwait(false))
                return await read(worker.Connection).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or IOException)
        {
            var cause = JournalFault.ExplainRead(exception, _names) ?? exception.Message;
            throw new JournalNotAvailableException(
                $"The journal could not be read: {cause}", exception, exception is not PostgresException { MayPass: false });
        }
    }
}
