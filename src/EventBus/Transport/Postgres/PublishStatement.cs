using System.Buffers;
using EventBus.Wire;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>Publishes a batch of messages in one prepared statement of one connection. Not thread-safe.</summary>
/// <remarks>
/// Payloads travel as one parameter of UTF-8 bytes that the server splits at newlines; JSON has those as blank space only. A batch without attachments has a
/// text of its own, which does not name the table: so it needs no privilege on it, and no row is written under the lock that orders notifications.
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

        // Waiting for the disk would only prolong the lock: a crash loses the notifications anyway.
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

    /// <summary>Publishes the batch, which must not change meanwhile.</summary>
    public async Task ExecuteAsync(IReadOnlyList<OutgoingMessage> batch, TimeSpan timeout, CancellationToken cancellationToken)
    {
        Fill(batch);
        var text = _attachments.Count > 0 ? _attached : _inline;
        await text.ExecuteAsync(_heads.WrittenMemory, _tails.WrittenMemory, timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tells what a failure means: a server that answers with an error has rolled back, and the connection goes on.</summary>
    public PublishFailure Classify(Exception exception)
    {
        if (!_connection.IsUsable)
            return PublishFailure.Unknown;
        return exception switch
        {
            PostgresException refusal => refusal.MayPass ? PublishFailure.Transient : PublishFailure.Message,
            NpgsqlException => PublishFailure.Transient, // The statement took too long, and the server has confirmed that it is cancelled.
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

    /// <summary>Arrays of PostgreSQL count from 1.</summary>
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

    /// <summary>One of the two texts, prepared when it is first used.</summary>
    private sealed class Text : IDisposable
    {
        private readonly NpgsqlCommand _command;
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>>? _tails;
        private bool _isPrepared;

        public Text(NpgsqlConnection connection, string sql, List<string> channels, List<int> channelIndexes)
        {
            _command = new NpgsqlCommand(sql, connection);
            _command.Parameters.Add(new NpgsqlParameter<List<string>> { TypedValue = channels, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
            _command.Parameters.Add(new NpgsqlParameter<List<int>> { TypedValue = channelIndexes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            _command.Parameters.Add(_heads);
        }

        public Text(
            NpgsqlConnection connection, string sql, List<string> channels, List<int> channelIndexes, List<int> attachmentIndexes, List<ReadOnlyMemory<byte>> attachments)
            : this(connection, sql, channels, channelIndexes)
        {
            _tails = new() { NpgsqlDbType = NpgsqlDbType.Text };
            _command.Parameters.Add(_tails);
            _command.Parameters.Add(new NpgsqlParameter<List<int>> { TypedValue = attachmentIndexes, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer });
            _command.Parameters.Add(
                new NpgsqlParameter<List<ReadOnlyMemory<byte>>> { TypedValue = attachments, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });
        }

        public async Task ExecuteAsync(ReadOnlyMemory<byte> heads, ReadOnlyMemory<byte> tails, TimeSpan timeout, CancellationToken cancellationToken)
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
    }
}
