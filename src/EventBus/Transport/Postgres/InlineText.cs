using EventBus.Transport.Connections;
using Npgsql;
using NpgsqlTypes;

namespace EventBus.Transport.Postgres;

/// <summary>The statement of a batch without attachments, prepared at its first use. Not thread-safe.</summary>
/// <remarks>
/// It does not name the table. So it needs no privilege on the table, and writes no row under the lock that orders notifications.
/// </remarks>
internal sealed class InlineText : IDisposable
{
    private const string Sql = """
        SELECT count(pg_notify($1[c], payload))
        FROM unnest($2, string_to_array($3, E'\n')) m(c, payload)
        """;

    private readonly PublishParameters _parameters;
    private readonly TimeProvider _time;
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private bool _isPrepared;

    public InlineText(NpgsqlConnection connection, PublishParameters parameters, TimeProvider time)
    {
        _parameters = parameters;
        _time = time;
        _command = new NpgsqlCommand(Sql, connection) { CommandTimeout = StatementLimit.CommandTimeout };
        _command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        _command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        _command.Parameters.Add(_heads);
    }

    public Task ExecuteAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _heads.TypedValue = _parameters.Heads;
        return StatementLimit.RunAsync(ExecuteAsync, timeout, _time, cancellationToken);
    }

    public void Dispose() => _command.Dispose();

    private async Task<int> ExecuteAsync(CancellationToken cancellationToken)
    {
        if (!_isPrepared)
        {
            await _command.PrepareAsync(cancellationToken).ConfigureAwait(false);
            _isPrepared = true;
        }

        return await _command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }
}
