using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;

namespace EventBus.Samples.Demo.Direction;

/// <summary>Listens to the channel of the bus with a plain connection, and returns the form and the size of each broadcast.</summary>
internal sealed class Observer : IAsyncDisposable
{
    private const int BroadcastType = 3;

    private readonly NpgsqlDataSource _dataSource;
    private readonly string _table;
    private readonly NpgsqlConnection _connection;
    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<string> _broadcasts = Channel.CreateUnbounded<string>();
    private readonly Task _listening;

    private Observer(NpgsqlDataSource dataSource, string table, NpgsqlConnection connection)
    {
        _dataSource = dataSource;
        _table = table;
        _connection = connection;
        _connection.Notification += (_, notification) =>
        {
            using var message = JsonDocument.Parse(notification.Payload);
            if (message.RootElement.GetProperty("type").GetInt32() == BroadcastType)
                _broadcasts.Writer.TryWrite(notification.Payload);
        };
        _listening = ListenAsync();
    }

    public static async Task<Observer> StartAsync(NpgsqlDataSource dataSource, string channel, string table)
    {
        var connection = await dataSource.OpenConnectionAsync();
        await using var listen = new NpgsqlCommand($"LISTEN \"{channel}\"", connection);
        await listen.ExecuteNonQueryAsync();
        return new Observer(dataSource, table, connection);
    }

    /// <summary>Waits for the next broadcast.</summary>
    public async Task<Observation> NextAsync(CancellationToken cancellationToken)
    {
        var payload = await _broadcasts.Reader.ReadAsync(cancellationToken);
        using var message = JsonDocument.Parse(payload);
        long? number = message.RootElement.TryGetProperty("eb", out var own) ? own.GetProperty("n").GetInt64() : null;
        return message.RootElement.TryGetProperty("attachmentId", out var id)
            ? new(Way.Attachment, await AttachmentSizeAsync(id.GetString()!, cancellationToken), number)
            : new(Way.Notification, Encoding.UTF8.GetByteCount(payload), number);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _listening;
        await _connection.DisposeAsync();
        _stop.Dispose();
    }

    private async Task<int> AttachmentSizeAsync(string id, CancellationToken cancellationToken)
    {
        await using var size = _dataSource.CreateCommand($"SELECT octet_length(payload) FROM {_table} WHERE id = $1");
        size.Parameters.Add(new() { Value = long.Parse(id, CultureInfo.InvariantCulture) });
        var bytes = await size.ExecuteScalarAsync(cancellationToken);
        return bytes is int length ? length : throw new InvalidOperationException($"There is no attachment {id}.");
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
                await _connection.WaitAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _broadcasts.Writer.Complete();
        }
        catch (Exception exception) // The caller that waits for a broadcast gets the exception.
        {
            _broadcasts.Writer.Complete(exception);
        }
    }
}
