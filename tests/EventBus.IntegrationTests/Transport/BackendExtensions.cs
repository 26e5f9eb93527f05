using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>Ends backends of PostgreSQL.</summary>
internal static class BackendExtensions
{
    /// <summary>Ends a backend. Completes when it has ended: PostgreSQL 13 cannot wait for that itself.</summary>
    public static async Task TerminateAsync(this NpgsqlDataSource observer, int processId)
    {
        await using var command = observer.CreateCommand("SELECT pg_terminate_backend($1)");
        command.Parameters.AddWithValue(processId);
        Assert.Equal(true, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
        await observer.UntilGoneAsync(processId);
    }

    /// <summary>Completes when a backend has ended. Nothing but the database reports that.</summary>
    public static async Task UntilGoneAsync(this NpgsqlDataSource observer, int processId)
    {
        await using var command = observer.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE pid = $1");
        command.Parameters.AddWithValue(processId);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (await command.ExecuteScalarAsync(limit.Token) is not 0L)
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
    }
}
