using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>PostgreSQL commits notifying transactions one by one, so a commit that cannot complete holds up all databases.</summary>
public sealed class NotifyLockTests(PrivateServerFixture fixture) : IClassFixture<PrivateServerFixture>
{
    // As in docs/postgresql.md.
    private const string HolderSql = """
        SELECT a.pid, a.application_name, a.wait_event
        FROM pg_locks l JOIN pg_stat_activity a USING (pid)
        WHERE l.locktype = 'object' AND l.classid = 'pg_database'::regclass AND l.objid = 0 AND l.granted
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 120_000)]
    public async Task Commit_that_waits_for_a_standby_holds_up_emits_in_other_databases()
    {
        var names = TestNames.Create();
        await using var own = await OwnDatabase.CreateAsync(fixture.Server);
        await using var sender = await TestNode.StartAsync(
            fixture.Server, names, new() { PublishTimeout = TimeSpan.FromSeconds(4) }, configure: own.Configure);
        await sender.EmitAsync(1);

        await using var source = fixture.Server.CreateDataSource(
            static builder => (builder.ApplicationName, builder.Options) = ("orders", "-c synchronous_commit=on"));
        await ExecuteAsync(source, "CREATE TABLE orders (id int)");
        await using var connection = await source.OpenConnectionAsync(Cancellation);
        await using var command = new NpgsqlCommand("BEGIN; INSERT INTO orders VALUES (1); NOTIFY anything; COMMIT", connection);
        var committing = Task.CompletedTask;
        try
        {
            await ExecuteAsync(source, "ALTER SYSTEM SET synchronous_standby_names = 'gone'");
            await ExecuteAsync(source, "SELECT pg_reload_conf()");
            await using var holder = own.DataSource.CreateCommand(HolderSql);
            do
            {
                // Until the server has read its settings again, commits complete.
                if (committing.IsCompleted)
                    committing = command.ExecuteNonQueryAsync(CancellationToken.None);
            }
            while (await ExecuteAsync(holder) is not (var process, "orders", "SyncRep") || process != connection.ProcessID);

            var failure = await Assert.ThrowsAsync<EventNotSentException>(() => sender.EmitAsync(2).AsTask());
            Assert.True(failure.IsTransient);
            Assert.False(committing.IsCompleted);
        }
        finally
        {
            await ExecuteAsync(source, "ALTER SYSTEM RESET synchronous_standby_names");
            await ExecuteAsync(source, "SELECT pg_reload_conf()");
        }

        await committing;
        await sender.EmitAsync(3);
    }

    private static async Task<(int Process, string Application, string? Event)> ExecuteAsync(NpgsqlCommand holder)
    {
        await using var reader = await holder.ExecuteReaderAsync(Cancellation);
        return await reader.ReadAsync(Cancellation)
            ? (reader.GetInt32(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2))
            : default;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
