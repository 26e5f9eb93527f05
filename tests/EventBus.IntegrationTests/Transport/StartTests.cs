using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>If a node cannot work, its start throws, and the message names what to change.</summary>
public sealed class StartTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task StartAsync_multiplexing_throws() => AssertThrowsAsync("Multiplexing=false", static builder => builder.Multiplexing = true);

    [Fact]
    public async Task StartAsync_pool_of_one_is_enough()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: static builder => builder.MaxPoolSize = 1);
        for (var i = 0; i < 20; i++)
            await sender.EmitAsync(i, i % 2 == 0 ? TestEvent.Large : 0);
        await receiver.EmitAsync(0);
        await receiver.UntilAsync(static node => node.Received.Count == 20);
    }

    [Fact(Timeout = 120_000)]
    public async Task StartAsync_busy_server_is_waited_for_longer_than_a_keepalive()
    {
        await using var busy = await OwnDatabase.CreateAsync(database.Server);
        await busy.ExecuteInsideAsync(
            """
            CREATE TABLE gate ();
            CREATE FUNCTION public.set_config(name text, value text, is_local boolean) RETURNS text LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM count(*) FROM public.gate;
                RETURN pg_catalog.set_config(name, value, is_local);
            END $$;
            ALTER DATABASE {database} SET search_path = public, pg_catalog;
            """);
        await using var connection = await busy.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("LOCK TABLE public.gate IN ACCESS EXCLUSIVE MODE", connection, transaction))
            await command.ExecuteNonQueryAsync(Cancellation);

        // The listening session sets its settings at the start, and waits for that longer than for later commands.
        var starting = TestNode.StartAsync(
            database.Server,
            TestNames.Create(),
            new() { KeepAliveInterval = TimeSpan.FromMilliseconds(500) },
            configure: builder => builder.Database = connection.Database);
        await using var observer = busy.DataSource.CreateCommand(
            """
            SELECT count(*) FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%set_config%'
                AND clock_timestamp() - query_start > '2 s'
            """);
        while (!starting.IsCompleted && await observer.ExecuteScalarAsync(Cancellation) is 0L)
        {
        }

        Assert.False(starting.IsCompleted, starting.Exception?.Message ?? "The start did not wait for the server.");
        await transaction.RollbackAsync(Cancellation);
        await using var node = await starting;
    }

    [Fact]
    public async Task StartAsync_database_without_UTF8_throws()
    {
        await using var ascii = await OwnDatabase.CreateAsync(database.Server, "SQL_ASCII");
        var name = new NpgsqlConnectionStringBuilder(ascii.DataSource.ConnectionString).Database;
        await AssertThrowsAsync("SQL_ASCII", builder => builder.Database = name);
    }

    [Fact]
    public async Task StartAsync_role_without_privileges_throws_until_they_are_granted()
    {
        var names = TestNames.Create();
        await using (await TestNode.StartAsync(database.Server, names))
        {
            // The node created the table.
        }

        await using var role = await OwnRole.CreateAsync(database.Server);
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        void AsRole(NpgsqlConnectionStringBuilder builder) => (builder.Username, builder.Password) = (login, login);
        await using (var rejected = TestNode.Create(database.Server, names, configure: AsRole))
        {
            var exception = await Assert.ThrowsAsync<EventBusStartException>(() => rejected.Transport.StartAsync(rejected, Cancellation));
            Assert.Contains("INSERT (payload)", exception.Message, StringComparison.Ordinal);
            Assert.Contains("GRANT SELECT ON", exception.Message, StringComparison.Ordinal);
        }

        await role.GrantAsync(database.Server, $"INSERT (payload), SELECT, DELETE ON {names.Table}");
        await using var node = await TestNode.StartAsync(database.Server, names, configure: AsRole);
        await using var peer = await TestNode.StartAsync(database.Server, names);
        await peer.EmitAsync(1, TestEvent.Large);
        await node.UntilAsync(static node => node.Received.Count == 1);
    }

    [Fact]
    public async Task StartAsync_role_that_cannot_create_the_table_throws()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await AssertThrowsAsync("cannot be created", builder => (builder.Username, builder.Password) = (login, login));
        await AssertThrowsAsync(
            "GRANT USAGE, CREATE ON SCHEMA", builder => (builder.Username, builder.Password) = (login, login));
    }

    [Fact]
    public async Task StartAsync_missing_table_without_CreateTable_throws()
    {
        await using var node = TestNode.Create(database.Server, TestNames.Create(), new() { CreateTable = false });
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("CreateTable", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_table_with_other_columns_throws()
    {
        var names = TestNames.Create();
        await using (var source = database.Server.CreateDataSource())
            await source.CreateCommand($"CREATE TABLE {names.Table} (id bigint, other text)").ExecuteNonQueryAsync(Cancellation);
        await using var node = TestNode.Create(database.Server, names);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("TableName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_concurrent_nodes_create_the_table_once()
    {
        var names = TestNames.Create();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestNode.StartAsync(database.Server, names)));
        Assert.Single(nodes.SelectMany(static node => node.Logger.Entries), static entry => entry.Id == 130);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_table_that_Socket_IO_creates_meanwhile_is_used()
    {
        var names = TestNames.Create();
        await using var source = database.Server.CreateDataSource();
        await using var server = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await server.BeginTransactionAsync(Cancellation);
        var sql = $"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)";
        await using (var create = new NpgsqlCommand(sql, server))
            await create.ExecuteNonQueryAsync(Cancellation);

        // The node does not see the table. Its CREATE TABLE waits until the other transaction ends.
        var starting = TestNode.StartAsync(database.Server, names);
        await using var waits = source.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1");
        waits.Parameters.AddWithValue($"CREATE TABLE%{names.Table}%");
        while ((long)(await waits.ExecuteScalarAsync(Cancellation))! == 0)
            await Task.Yield();
        await transaction.CommitAsync(Cancellation);

        await using var node = await starting;
        await using var peer = await TestNode.StartAsync(database.Server, names);
        await peer.EmitAsync(1, TestEvent.Large);
        await node.UntilAsync(static node => node.Received.Count == 1);
    }

    [Fact]
    public async Task DisposeAsync_leaves_no_backend_and_a_usable_data_source()
    {
        var name = TestNames.Create().Table;
        var node = await TestNode.StartAsync(
            database.Server, TestNames.Create(), configure: builder => (builder.Pooling, builder.ApplicationName) = (false, name));
        await node.EmitAsync(1, TestEvent.Large);
        await node.Transport.DisposeAsync();

        const string sql = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()";
        await using (var command = node.DataSource.CreateCommand(sql))
        {
            command.Parameters.AddWithValue(name);

            // A backend ends a moment after its connection is closed.
            while ((long)(await command.ExecuteScalarAsync(Cancellation))! > 0)
                await Task.Yield();
        }

        await node.DataSource.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_pooled_connection_stops_listening()
    {
        var node = await TestNode.StartAsync(database.Server, TestNames.Create(), configure: static builder => builder.MaxPoolSize = 3);
        await node.Transport.DisposeAsync();

        var connections = new List<NpgsqlConnection>();
        for (var i = 0; i < 3; i++)
        {
            var connection = await node.DataSource.OpenConnectionAsync(Cancellation);
            connections.Add(connection);
            await using var command = new NpgsqlCommand("SELECT count(*) FROM pg_listening_channels()", connection);
            Assert.Equal(0L, await command.ExecuteScalarAsync(Cancellation));
        }

        foreach (var connection in connections)
            await connection.DisposeAsync();
        await node.DataSource.DisposeAsync();
    }

    [Fact]
    public async Task StartAsync_PgBouncer_in_transaction_mode_throws()
    {
        await using var pooler = await PgBouncer.TryStartAsync(database.Server);
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");

        // On a busy machine the check of the backend may be skipped. Then no notification arrives, and the message names the same cause.
        await AssertThrowsAsync("pooler in transaction mode", pooler.Configure);
    }

    private async Task AssertThrowsAsync(string cause, Action<NpgsqlConnectionStringBuilder> configure)
    {
        await using var node = TestNode.Create(database.Server, TestNames.Create(), configure: configure);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
    }
}
