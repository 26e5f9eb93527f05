using System.Runtime.CompilerServices;
using EventBus.Transport.Connections;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The statement of a batch without attachments, in two forms: for one channel, as nearly always, and for several. Each is prepared at its
/// first use, unless a pooler forbids it. Not thread-safe.
/// </summary>
/// <remarks>
/// It does not name the table. So it needs no privilege on the table, and writes no row under the lock that orders notifications.
/// </remarks>
internal sealed class InlineText : IDisposable
{
    // PostgreSQL stores a set in FROM before it reads the set. It does not store a set in the select list.
    private const string OneChannelSql = """
        SELECT count(sent)
        FROM (SELECT pg_notify($1, unnest(string_to_array($2, E'\n'))) AS sent) notifications
        """;

    private const string SeveralChannelsSql = """
        SELECT count(sent)
        FROM (SELECT pg_notify($1[unnest($2)], unnest(string_to_array($3, E'\n'))) AS sent) notifications
        """;

    private readonly PublishParameters _parameters;
    private readonly Form _oneChannel;
    private readonly Form _severalChannels;
    private readonly NpgsqlParameter<string> _channel = new() { NpgsqlDbType = NpgsqlDbType.Text };

    public InlineText(NpgsqlConnection connection, PublishParameters parameters, bool isPrepared)
    {
        _parameters = parameters;
        _oneChannel = new Form(new NpgsqlCommand(OneChannelSql, connection) { Parameters = { _channel } }, isPrepared);
        var command = new NpgsqlCommand(SeveralChannelsSql, connection);
        command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        _severalChannels = new Form(command, isPrepared);
    }

    public ValueTask ExecuteAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_parameters.Channels.Count > 1)
            return _severalChannels.ExecuteAsync(_parameters.Heads, timeout, cancellationToken);
        _channel.TypedValue = _parameters.Channels[0];
        return _oneChannel.ExecuteAsync(_parameters.Heads, timeout, cancellationToken);
    }

    public void Dispose()
    {
        _oneChannel.Dispose();
        _severalChannels.Dispose();
    }

    /// <summary>One form of the statement, whose last parameter has the payloads.</summary>
    private sealed class Form : IDisposable
    {
        private readonly NpgsqlCommand _command;
        private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _payloads = new() { NpgsqlDbType = NpgsqlDbType.Text };
        private bool _mustPrepare;

        public Form(NpgsqlCommand command, bool isPrepared)
        {
            _mustPrepare = isPrepared;
            _command = command;
            _command.Parameters.Add(_payloads);
        }

        [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
        public async ValueTask ExecuteAsync(ReadOnlyMemory<byte> payloads, TimeSpan timeout, CancellationToken cancellationToken)
        {
            _payloads.TypedValue = payloads;
            _command.CommandTimeout = Math.Max(1, (int)timeout.TotalSeconds);
            if (_mustPrepare)
            {
                await _command.PrepareAsync(cancellationToken).ConfigureAwait(false);
                _mustPrepare = false;
            }

            await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        public void Dispose() => _command.Dispose();
    }
}
