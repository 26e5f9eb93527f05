using System.Text.Json;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Hostile;

/// <summary>A role that may only connect to the database, which is enough to listen to a channel and to notify it.</summary>
internal sealed class ForgingRole : IAsyncDisposable
{
    private readonly OwnRole _role;
    private readonly string _channel;

    private ForgingRole(OwnRole role, string channel)
    {
        _role = role;
        _channel = channel;
    }

    public static async Task<ForgingRole> CreateAsync(PostgresServer server, string channel) =>
        new(await OwnRole.CreateAsync(server), channel);

    /// <summary>Sends raw payloads in one transaction.</summary>
    public async Task NotifyAsync(params IEnumerable<string> payloads)
    {
        await using var command = _role.DataSource.CreateCommand("SELECT pg_notify($1, payload) FROM unnest($2) payload");
        command.Parameters.AddWithValue(_channel);
        command.Parameters.AddWithValue(payloads.ToArray());
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Listens until a node sends a message, and returns its source and number.</summary>
    public async Task<(string Source, long Number)> EavesdropAsync(string uid)
    {
        await using var connection = await _role.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        (string, long)? heard = null;
        connection.Notification += (_, notification) =>
        {
            using var message = JsonDocument.Parse(notification.Payload);
            var key = message.RootElement.GetProperty("eb");
            if (message.RootElement.GetProperty("uid").GetString() == uid)
                heard = (key.GetProperty("s").GetString()!, key.GetProperty("n").GetInt64());
        };
        await using (var listen = new NpgsqlCommand($"LISTEN \"{_channel}\"", connection))
            await listen.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        while (heard is null)
            await connection.WaitAsync(TestContext.Current.CancellationToken);
        return heard.Value;
    }

    public ValueTask DisposeAsync() => _role.DisposeAsync();
}
