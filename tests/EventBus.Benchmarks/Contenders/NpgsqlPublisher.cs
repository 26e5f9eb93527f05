using EventBus.Benchmarks.Events;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>The publisher that everybody writes first: a pooled connection and a command for each event.</summary>
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
