using EventBus.Transport.Connections;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>
/// The statement of a batch without attachments, in two forms: for one channel, as nearly always, and for several. Each is prepared at its
/// first use. Not thread-safe.
/// </summary>
/// <remarks>
/// It does not name the table. So it needs no privilege on the table, and writes no row under the lock that orders notifications.
/// </remarks>
internal sealed class InlineText : IDisposable
{
    private const string OneChannelSql = """
        SELECT count(pg_notify($1, payload))
        FROM unnest(string_to_array($2, E'\n')) payload
        """;

    private const string SeveralChannelsSql = """
        SELECT count(pg_notify($1[c], payload))
        FROM unnest($2, string_to_array($3, E'\n')) m(c, payload)
        """;

    private readonly PublishParameters _parameters;
    private readonly TimeProvider _time;
    private readonly Form _oneChannel;
    private readonly Form _severalChannels;
    private readonly NpgsqlParameter<string> _channel = new() { NpgsqlDbType = NpgsqlDbType.Text };

    public InlineText(NpgsqlConnection connection, PublishParameters parameters, TimeProvider time)
    {
        _parameters = parameters;
        _time = time;
        _oneChannel = new Form(new NpgsqlCommand(OneChannelSql, connection) { Parameters = { _channel } });
        var command = new NpgsqlCommand(SeveralChannelsSql, connection);
        command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        _severalChannels = new Form(command);
    }

    public Task ExecuteAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var form = _parameters.Channels.Count == 1 ? _oneChannel : _severalChannels;
        _channel.TypedValue = _parameters.Channels[0];
        form.Payloads.TypedValue = _parameters.Heads;
        return StatementLimit.RunAsync(form.Run, timeout, _time, cancellationToken);
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
        private bool _isPrepared;

        public Form(NpgsqlCommand command)
        {
            _command = command;
            _command.CommandTimeout = StatementLimit.CommandTimeout;
            _command.Parameters.Add(Payloads);
            Run = token => _isPrepared ? _command.ExecuteNonQueryAsync(token) : PrepareAndRunAsync(token);
        }

        public NpgsqlParameter<ReadOnlyMemory<byte>> Payloads { get; } = new() { NpgsqlDbType = NpgsqlDbType.Text };

        /// <summary>Executes the form, with a token that cancels it.</summary>
        public Func<CancellationToken, Task<int>> Run { get; }

        public void Dispose() => _command.Dispose();

        private async Task<int> PrepareAndRunAsync(CancellationToken cancellationToken)
        {
            await _command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
            return await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
