using System.Text.Json;
using Npgsql;

namespace EventBus.Chaos.Truth;

/// <summary>
/// A raw listener on a connection of its own, which no fault but a restart of the server interrupts: it knows every committed event.
/// </summary>
internal sealed class Observer(string connectionString, string channel) : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ObservedSource> _sources = [];
    private NpgsqlConnection? _connection;
    private CancellationTokenSource _stopping = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>Whether the connection was lost and is not listening again.</summary>
    public bool IsLost => _reading.IsCompleted;

    public ObservedSource[] Sources
    {
        get
        {
            lock (_lock)
                return [.. _sources.Values];
        }
    }

    /// <summary>Listens, also again after a restart: the events between are unobserved.</summary>
    public async Task ListenAsync()
    {
        await CloseAsync();
        lock (_lock)
        {
            foreach (var source in _sources.Values)
                source.Interrupt();
        }

        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, ApplicationName = "chaos observer" };
        _connection = new NpgsqlConnection(settings.ConnectionString);
        await _connection.OpenAsync();
        _connection.Notification += (_, notification) => Take(notification.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN \"{channel}\"", _connection))
            await listen.ExecuteNonQueryAsync();
        _stopping = new CancellationTokenSource();
        _reading = ReadAsync(_connection, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        _stopping.Dispose();
    }

    private async Task CloseAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private static async Task ReadAsync(NpgsqlConnection connection, CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
                await connection.WaitAsync(stopping);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or IOException)
        {
            // The server stopped, or this observer does.
        }
    }

    private void Take(string payload)
    {
        using var message = JsonDocument.Parse(payload);
        var root = message.RootElement;
        if (root.GetProperty("type").GetInt32() != 3 || !root.TryGetProperty("eb", out var own))
            return;
        var (name, number) = (own.GetProperty("s").GetString()!, own.GetProperty("n").GetInt64());
        lock (_lock)
        {
            if (!_sources.TryGetValue(name, out var source))
                _sources[name] = source = new ObservedSource(name);
            source.Take(number);
            if (root.TryGetProperty("data", out var data))
            {
                var arguments = data.GetProperty("packet").GetProperty("data");
                source.Identify(arguments[1].GetInt32(), arguments[2].GetInt64(), number);
            }
        }
    }
}
