using System.Diagnostics;
using System.Security.Cryptography;
using EventBus.Chaos.Direction;
using Npgsql;

namespace EventBus.Chaos.Faults;

/// <summary>A role that may only connect, which is enough to notify every channel.</summary>
internal sealed class Forger : IAsyncDisposable
{
    private const int BytesPerSecond = 1_000_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly NpgsqlDataSource _dataSource;
    private long _forged;

    private Forger(NpgsqlDataSource dataSource) => _dataSource = dataSource;

    public static async Task<Forger> CreateAsync(Stage stage)
    {
        var password = RandomNumberGenerator.GetHexString(16);
        await stage.ExecuteAsync($"CREATE ROLE forger LOGIN PASSWORD '{password}'");
        return new Forger(stage.Server.CreateDataSource(
            builder => (builder.Username, builder.Password, builder.ApplicationName) = ("forger", password, "chaos forger")));
    }

    /// <summary>Notifies a channel for a while, at 1 MB/s or as fast as the server takes it.</summary>
    /// <param name="channel">The channel.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="payload">Makes a payload of a number: equal ones would collapse.</param>
    /// <param name="mostPerSecond">The most payloads in a second.</param>
    /// <returns>The bytes of all payloads.</returns>
    public async Task<long> AttackAsync(string channel, double seconds, Func<long, string> payload, double mostPerSecond)
    {
        await using var connection = await _dataSource.OpenConnectionAsync();
        await using var command = new NpgsqlCommand("SELECT count(pg_notify($1, payload)) FROM unnest($2) payload", connection);
        var payloads = new NpgsqlParameter<string[]> { TypedValue = [] };
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channel });
        command.Parameters.Add(payloads);
        var (began, bytes, sent) = (Stopwatch.GetTimestamp(), 0L, 0L);
        while (Stopwatch.GetElapsedTime(began).TotalSeconds is var elapsed && elapsed < seconds)
        {
            var batch = new List<string>();
            while (bytes < elapsed * BytesPerSecond && sent < elapsed * mostPerSecond && batch.Count < 1_000)
            {
                batch.Add(payload(_forged++));
                bytes += batch[^1].Length;
                sent++;
            }

            payloads.TypedValue = [.. batch];
            if (batch.Count > 0)
                await command.ExecuteNonQueryAsync();
            await Task.Delay(Pause, TimeProvider.System);
        }

        return bytes;
    }

    public ValueTask DisposeAsync() => _dataSource.DisposeAsync();
}
