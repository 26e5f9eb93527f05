using EventBus.Benchmarks.Events;
using Npgsql;

namespace EventBus.Benchmarks.Contenders;

/// <summary>
/// The limit of PostgreSQL with one connection: 256 events in one prepared statement, by a socket and nothing else, one statement after
/// another.
/// </summary>
internal sealed class SocketPublisher : IPublisher
{
    private const int BatchSize = 256;
    private const string Sql = "SELECT count(pg_notify($1, payload)) FROM unnest($2::text[]) payload";

    private readonly PostgresSocket _socket = new();
    private readonly NotifyStatement _statement = new(EventText.Channel, BatchSize);

    public Task ConnectAsync()
    {
        var settings = new NpgsqlConnectionStringBuilder(Servers.Postgres);
        _socket.Connect(settings.Host!, settings.Port, Servers.TrustedRole, settings.Database!);
        _socket.Prepare(NotifyStatement.Name, Sql);
        return Task.CompletedTask;
    }

    public ValueTask PublishAsync(long sentAt, long number)
    {
        _statement.Add(sentAt, number);
        Execute();
        return ValueTask.CompletedTask;
    }

    /// <summary>Nothing else happens on this thread, so it waits for the reply to a full batch.</summary>
    public ValueTask PostAsync(long sentAt, long number)
    {
        _statement.Add(sentAt, number);
        if (_statement.Count == BatchSize)
            Execute();
        return ValueTask.CompletedTask;
    }

    public ValueTask FlushAsync()
    {
        if (_statement.Count > 0)
            Execute();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Execute()
    {
        _socket.Send(_statement.Complete());
        _socket.ReadUntilReady();
        _statement.Clear();
    }
}
