using EventBus.Benchmarks.Children;
using EventBus.Benchmarks.Events;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The publisher as it is usually written first: a pooled connection and a command for each event.</summary>
internal sealed class NpgsqlPublisher(int connections) : IPublisher
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(
        new NpgsqlConnectionStringBuilder(Servers.Postgres) { MaxPoolSize = connections }.ConnectionString);

    /// <summary>Opens all connections of the pool.</summary>
    public async Task ConnectAsync()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => _dataSource.OpenConnectionAsync().AsTask()));
        foreach (var connection in opened)
            await connection.DisposeAsync();
    }

    public async ValueTask PublishAsync(long sentAt, long number)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT pg_notify($1, $2)", connection)
        {
            Parameters = { new() { Value = EventText.Channel }, new() { Value = EventText.Format(sentAt, number) } },
        };
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}

/// <summary>The receiver as it is usually written first: LISTEN, and a loop of WaitAsync.</summary>
internal sealed class NpgsqlReceiver : IReceiver
{
    private readonly NpgsqlDataSource _dataSource = NpgsqlDataSource.Create(Servers.Postgres);
    private readonly CancellationTokenSource _stopping = new();
    private Task _waiting = Task.CompletedTask;

    public async Task ListenAsync(Arrivals arrivals, string room)
    {
        var connection = await _dataSource.OpenConnectionAsync();
        connection.Notification += (_, notification) =>
        {
            var (sentAt, number) = EventText.Read(notification.Payload);
            arrivals.Add(sentAt, number);
        };
        await using (var listen = new NpgsqlCommand($"LISTEN \"{EventText.Channel}\"", connection))
            await listen.ExecuteNonQueryAsync();
        _waiting = WaitAsync(connection);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _waiting;
        _stopping.Dispose();
        await _dataSource.DisposeAsync();
    }

    private async Task WaitAsync(NpgsqlConnection connection)
    {
        await using (connection)
        {
            try
            {
                while (true)
                    await connection.WaitAsync(_stopping.Token);
            }
            catch (OperationCanceledException)
            {
                // The receiver is disposed.
            }
        }
    }
}
