using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>
/// A listener that never ends its transaction holds the notification queue until it is full. The size of the queue is a setting since
/// PostgreSQL 17: before, the queue holds 8 GB.
/// </summary>
[Trait("Category", "PostgreSQL17")]
public sealed class FullQueueTests
{
    private const int LeastPages = 64;
    private const int Padding = 7_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EmitAsync_full_queue_waits_then_is_not_sent_and_names_the_holder()
    {
        await using var server = await StartServerAsync();
        var names = TestNames.Create();
        await using var node = await TestNode.StartAsync(
            server, names, new EventBusOptions { PublishTimeout = TimeSpan.FromSeconds(5) });
        await using var patient = await TestNode.StartAsync(
            server, names, new EventBusOptions { PublishTimeout = TimeSpan.FromMinutes(10) });
        await using var connections = server.CreateDataSource(
            static builder => (builder.ApplicationName, builder.Pooling) = ("never reads", false));
        await using var holder = await HoldQueueAsync(connections);
        var processId = holder.ProcessID;

        // The warning at half of the queue comes first.
        var (number, failure) = await EmitUntilFullAsync(node);
        Assert.True(failure.IsTransient);
        var cause = Assert.IsType<PostgresException>(failure.InnerException);
        Assert.Equal(PostgresErrorCodes.ProgramLimitExceeded, cause.SqlState);
        Assert.Contains($"process id {processId} (postgres, never reads", failure.Message, StringComparison.Ordinal);
        Assert.InRange(number, LeastPages / 2, 2 * LeastPages);
        var entry = Assert.Single(node.Logger.Entries, static entry => entry.Id == 124);
        Assert.Contains($"process id {processId} ", entry.Message, StringComparison.Ordinal);

        var waiting = patient.EmitAsync(number).AsTask();
        await patient.Logger.UntilAsync(101);
        Assert.False(waiting.IsCompleted);
        await holder.CloseAsync();
        await UntilGoneAsync(connections, processId);

        // Only an attempt that began before can still fail.
        var retries = Retries(patient);
        await waiting.WaitAsync(Patience, Cancellation);
        Assert.InRange(Retries(patient) - retries, 0, 1);
        await node.EmitAsync(number + 1).AsTask().WaitAsync(Patience, Cancellation);
        await patient.UntilAsync(node => node.Received[^1] == number + 1);
        await node.UntilAsync(node => node.Received is [var received] && received == number);
        Assert.Equal(Enumerable.Range(0, (int)number).Select(static sent => (long)sent).Append(number + 1), patient.Received);
    }

    private static int Retries(TestNode node) => node.Logger.Entries.Count(static entry => entry.Id == 101);

    private static async Task<PostgresServer> StartServerAsync()
    {
        var settings = new Dictionary<string, string> { ["max_notify_queue_pages"] = $"{LeastPages}" };
        try
        {
            return await PostgresServer.StartAsync(new() { MustBePrivate = true, Settings = settings }, Cancellation);
        }
        catch (InvalidOperationException exception)
            when (exception.Message.Contains("unrecognized configuration parameter \"max_notify_queue_pages\"", StringComparison.Ordinal))
        {
            Assert.Skip("The server is older than PostgreSQL 17.");
            throw;
        }
    }

    private static async Task<NpgsqlConnection> HoldQueueAsync(NpgsqlDataSource dataSource)
    {
        var connection = await dataSource.OpenConnectionAsync(Cancellation);
        foreach (var sql in (string[])["LISTEN held", "BEGIN", "SELECT 1"])
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        return connection;
    }

    private static async Task UntilGoneAsync(NpgsqlDataSource dataSource, int processId)
    {
        await using var command = dataSource.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE pid = $1");
        command.Parameters.AddWithValue(processId);
        while (await command.ExecuteScalarAsync(Cancellation) is not 0L)
        {
            // The backend takes a moment to end.
        }
    }

    /// <returns>The number of the event that was not sent, and its exception.</returns>
    private static async Task<(long Number, EventNotSentException Failure)> EmitUntilFullAsync(TestNode node)
    {
        for (var number = 0L; ; number++)
        {
            try
            {
                await node.EmitAsync(number, Padding).AsTask().WaitAsync(Patience, Cancellation);
            }
            catch (EventNotSentException failure)
            {
                return (number, failure);
            }
        }
    }
}
