using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Sql;

/// <summary>If the attachment cannot be written or the transaction cannot notify, the statement fails, and nothing is sent.</summary>
public sealed class EmitTransactionTests(DatabaseFixture fixture)
{
    private const string Attached = "'/', 'attached', jsonb_build_array(repeat('x', 9000))";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Emit_fails_if_a_trigger_discards_the_attachment()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await using var receiver = await EmitReceiver.StartAsync(database.DataSource);
        await receiver.AddAsync([]);
        await database.ExecuteAsync(
            """
            CREATE FUNCTION discard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE TRIGGER discard BEFORE INSERT ON socket_io_attachments FOR EACH ROW EXECUTE FUNCTION discard()
            """);
        Assert.Equal("P0002", (await database.RejectAsync(Attached)).SqlState);
        Assert.Empty(await receiver.EndAsync());
        Assert.Equal(0, receiver.Bus.Statistics.Lost);
    }

    [Fact]
    public async Task Emit_obeys_row_level_security_of_the_attachment_table()
    {
        await using var role = await OwnRole.CreateAsync(fixture.Server);
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        await using var receiver = await EmitReceiver.StartAsync(database.DataSource);
        await receiver.AddAsync([]);
        await using var source = database.As(fixture.Server, role);
        var login = new NpgsqlConnectionStringBuilder(source.ConnectionString).Username;
        await database.ExecuteAsync(
            $"""
            GRANT USAGE ON SCHEMA eventbus TO {login};
            GRANT INSERT (payload), SELECT (id) ON socket_io_attachments TO {login};
            ALTER TABLE socket_io_attachments ENABLE ROW LEVEL SECURITY
            """);
        var rejection = await Assert.ThrowsAsync<PostgresException>(EmitAsync);
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, rejection.SqlState);
        Assert.Contains("row-level security", rejection.MessageText, StringComparison.Ordinal);

        // The function reads the id of its row, so a policy for INSERT alone is not enough.
        await database.ExecuteAsync("CREATE POLICY writes ON socket_io_attachments FOR INSERT WITH CHECK (true)");
        await Assert.ThrowsAsync<PostgresException>(EmitAsync);
        await database.ExecuteAsync("CREATE POLICY ids ON socket_io_attachments FOR SELECT USING (true)");
        await EmitAsync();
        Assert.Equal([$"attached [\"{new string('x', 9000)}\"]"], await receiver.EndAsync());

        async Task EmitAsync()
        {
            await using var command = source.CreateCommand($"SELECT eventbus.emit({Attached})");
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Emit_writes_no_attachment_in_a_read_only_transaction()
    {
        await using var database = await EmitDatabase.CreateAsync(fixture.Server);
        var rejection = await Assert.ThrowsAsync<PostgresException>(
            () => database.ExecuteAsync($"BEGIN READ ONLY; SELECT eventbus.emit('/', 'e'); SELECT eventbus.emit({Attached}); COMMIT"));
        Assert.Equal("25006", rejection.SqlState);
        Assert.Contains("INSERT", rejection.MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emit_keeps_a_transaction_from_being_prepared()
    {
        var options = new PostgresServerOptions
        {
            MustBePrivate = true,
            Settings = new Dictionary<string, string> { ["max_prepared_transactions"] = "2" },
        };
        await using var server = await PostgresServer.StartAsync(options, Cancellation);
        await using var database = await EmitDatabase.CreateAsync(server);
        await database.ExecuteAsync("BEGIN; SELECT 1; PREPARE TRANSACTION 'without'; ROLLBACK PREPARED 'without'");
        var rejection = await Assert.ThrowsAsync<PostgresException>(
            () => database.ExecuteAsync("BEGIN; SELECT eventbus.emit('/', 'e'); PREPARE TRANSACTION 'with'"));
        Assert.Equal(PostgresErrorCodes.FeatureNotSupported, rejection.SqlState);
    }
}
