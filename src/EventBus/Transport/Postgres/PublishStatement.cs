using System.Buffers;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>Publishes a batch of messages in one prepared statement of one connection. Not thread-safe.</summary>
/// <remarks>
/// Payloads are one parameter of UTF-8 bytes that the server splits at newlines. JSON contains newlines only as white space. A batch
/// without attachments has a statement of its own, which does not name the table. So it needs no privilege on the table, and writes no row
/// under the lock that orders notifications.
/// </remarks>
internal sealed class PublishStatement : IDisposable
{
    private const string InlineSql = """
        SELECT count(pg_notify($1[c], payload))
        FROM unnest($2, string_to_array($3, E'\n')) m(c, payload)
        """;

    private readonly NpgsqlConnection _connection;
    private readonly Text _inline;
    private readonly Text _attached;

    private readonly List<string> _channels = [];
    private readonly List<int> _channelIndexes = [];
    private readonly ArrayBufferWriter<byte> _heads = new(16 * 1024);
    private readonly ArrayBufferWriter<byte> _tails = new(256);
    private readonly List<int> _attachmentIndexes = [];
    private readonly List<ReadOnlyMemory<byte>> _attachments = [];

    public PublishStatement(NpgsqlConnection connection, AttachmentSchema schema)
    {
        _connection = connection;

        // Waiting for the disk would only prolong the lock: a crash loses the notifications in any case.
        var attachedSql = $"""
            WITH unsynchronised AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
            attachment AS (
                INSERT INTO {schema.Table} (payload)
                SELECT payload FROM unsynchronised, unnest($6) WITH ORDINALITY a(payload, o) ORDER BY o
                RETURNING id),
            ids AS MATERIALIZED (SELECT array_agg(id ORDER BY id) id FROM attachment)
            SELECT count(pg_notify($1[c], CASE WHEN a = 0 THEN head ELSE head || id[a] || tail END))
            FROM (
                SELECT c, head, tail, a, id
                FROM unnest($2, string_to_array($3, E'\n'), string_to_array($4, E'\n'), $5) WITH ORDINALITY m(c, head, tail, a, o), ids
                ORDER BY o) s
            """;
        _inline = new Text(connection, InlineSql, _channels, _channelIndexes);
        _attached = new Text(connection, attachedSql, _channels, _channelIndexes, _attachmentIndexes, _attachments);
    }

    /// <summary>Publishes a batch, which must not change until the task completes.</summary>
    public async Task ExecuteAsync(IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Fill(batch);
        var text = _attachments.Count > 0 ? _attached : _inline;
        await text.ExecuteAsync(_heads.WrittenMemory, _tails.WrittenMemory, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Classifies a failure. If the server responded with an error, it has rolled back, and the connection is still usable.
    /// </summary>
    public PublishFailure Classify(Exception exception)
    {
        if (!_connection.IsUsable)
            return PublishFailure.Unknown;
        return exception switch
        {
            PostgresException rejection => rejection.MayPass ? PublishFailure.Transient : PublishFailure.Message,
            NpgsqlException => PublishFailure.Transient, // The statement timed out, and the server has confirmed its cancellation.
            _ => PublishFailure.Message,
        };
    }

    public void Dispose()
    {
        _inline.Dispose();
        _attached.Dispose();
    }

    private void Fill(IReadOnlyList<OutgoingMessage> batch)
    {
        _channels.Clear();
        _channelIndexes.Clear();
        _heads.ResetWrittenCount();
        _tails.ResetWrittenCount();
        _attachmentIndexes.Clear();
        _attachments.Clear();
        for (var i = 0; i < batch.Count; i++)
        {
            var message = batch[i];
            _channelIndexes.Add(IndexOf(message.Channel));
            if (message.IsAttached)
            {
                _attachments.Add(message.Attachment);
                _attachmentIndexes.Add(_attachments.Count);
                Append(_heads, message.Head.Span, isFirst: i == 0);
                Append(_tails, message.Tail.Span, isFirst: i == 0);
            }
            else
            {
                _attachmentIndexes.Add(0);
                Append(_heads, message.Payload.Span, isFirst: i == 0);
                Append(_tails, [], isFirst: i == 0);
            }
        }
    }

    /// <summary>The index of a channel; arrays of PostgreSQL start at 1.</summary>
    private int IndexOf(string channel)
    {
        var index = _channels.LastIndexOf(channel);
        if (index >= 0)
            return index + 1;
        _channels.Add(channel);
        return _channels.Count;
    }

    private static void Append(ArrayBufferWriter<byte> blob, ReadOnlySpan<byte> item, bool isFirst)
    {
        var separator = isFirst ? 0 : 1;
        var target = blob.GetSpan(separator + item.Length);
        if (separator > 0)
            target[0] = (byte)'\n';
        item.CopyTo(target[separator..]);
        target.Slice(separator, item.Length).Replace((byte)'\n', (byte)' ');
        blob.Advance(separator + item.Length);
    }

    /// <summary>One of the two statements, prepared at its first use.</summary>
    private sealed class Text : IDisposable
    {
        private readonly NpgsqlCommand _command;
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>>? _tails;
        private bool _isPrepared;

        public Text(NpgsqlConnection connection, string sql, List<string> channels, List<int> channelIndexes)
        {
            _command = new NpgsqlCommand(sql, connection);
            AddArray(channels, NpgsqlDbType.Text);
            AddArray(channelIndexes, NpgsqlDbType.Integer);
            _command.Parameters.Add(_heads);
        }

        public Text(
            NpgsqlConnection connection,
            string sql,
            List<string> channels,
            List<int> channelIndexes,
            List<int> attachmentIndexes,
            List<ReadOnlyMemory<byte>> attachments)
            : this(connection, sql, channels, channelIndexes)
        {
            _tails = new() { NpgsqlDbType = NpgsqlDbType.Text };
            _command.Parameters.Add(_tails);
            AddArray(attachmentIndexes, NpgsqlDbType.Integer);
            AddArray(attachments, NpgsqlDbType.Bytea);
        }

        public async Task ExecuteAsync(
            ReadOnlyMemory<byte> heads, ReadOnlyMemory<byte> tails, TimeSpan timeout, CancellationToken cancellationToken)
        {
            _heads.TypedValue = heads;
            if (_tails is not null)
                _tails.TypedValue = tails;
            _command.CommandTimeout = Math.Max(1, (int)timeout.TotalSeconds);
            if (!_isPrepared)
            {
                await _command.PrepareAsync(cancellationToken).ConfigureAwait(false);
                _isPrepared = true;
            }

            await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        public void Dispose() => _command.Dispose();

        private void AddArray<T>(List<T> values, NpgsqlDbType type) =>
            _command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
