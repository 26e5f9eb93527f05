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
    private readonly NpgsqlCommand _command;
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>> _heads = new() { NpgsqlDbType = NpgsqlDbType.Text };
    private bool _isPrepared;

    public InlineText(NpgsqlConnection connection, PublishParameters parameters)
    {
        _parameters = parameters;
        _command = new NpgsqlCommand(Sql, connection);
        _command.Parameters.AddArray(parameters.Channels, NpgsqlDbType.Text);
        _command.Parameters.AddArray(parameters.ChannelIndexes, NpgsqlDbType.Integer);
        _command.Parameters.Add(_heads);
    }

    public async Task ExecuteAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        _heads.TypedValue = _parameters.Heads;
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
