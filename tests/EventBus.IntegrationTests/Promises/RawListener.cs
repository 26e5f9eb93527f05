using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Promises;

/// <summary>Receives the raw notifications of a channel.</summary>
internal sealed class RawListener : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly List<string> _payloads = [];

    private RawListener(NpgsqlConnection connection)
    {
        _connection = connection;
        _connection.Notification += (_, notification) => _payloads.Add(notification.Payload);
    }

    public static async Task<RawListener> ListenAsync(NpgsqlDataSource dataSource, string channel)
    {
        var listener = new RawListener(await dataSource.OpenConnectionAsync(TestContext.Current.CancellationToken));
        await using var listen = new NpgsqlCommand($"LISTEN \"{channel}\"", listener._connection);
        await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return listener;
    }

    /// <summary>Waits for a notification with this text in it.</summary>
    /// <returns>All notifications up to that one.</returns>
    public async Task<string[]> UntilAsync(string text)
    {
        while (!_payloads.Any(payload => payload.Contains(text, StringComparison.Ordinal)))
            await _connection.WaitAsync(TestContext.Current.CancellationToken);
        return [.. _payloads];
    }

    /// <summary>Waits until this many notifications have arrived, of any text.</summary>
    public async Task UntilCountAsync(int count)
    {
        while (_payloads.Count < count)
            await _connection.WaitAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
