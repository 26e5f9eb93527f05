using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>What keeps a node from starting is found at the start, and its message says what to change.</summary>
public sealed class StartTests(DatabaseFixture database)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public Task A_pool_too_small_for_a_node_is_refused() => RefusesAsync("Max Pool Size", static builder => builder.MaxPoolSize = 2);

    [Fact]
    public Task Multiplexing_is_refused() => RefusesAsync("Multiplexing=false", static builder => builder.Multiplexing = true);

    [Fact]
    public async Task A_pool_of_three_is_enough()
    {
        var names = TestNames.Create();
        await using var sender = await TestNode.StartAsync(database.Server, names);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: static builder => builder.MaxPoolSize = 3);
        for (var i = 0; i < 20; i++)
            await sender.EmitAsync(i, i % 2 == 0 ? TestEvent.Large : 0);
        await receiver.EmitAsync(0);
        await receiver.UntilAsync(static node => node.Received.Count == 20);
    }

    [Fact]
    public async Task A_busy_server_is_waited_for_longer_than_a_sign_of_life()
    {
        await using var busy = await OwnDatabase.CreateAsync(database.Server, "UTF8");
        await using var connection = await busy.DataSource.OpenConnectionAsync(Cancellation);
        await using var transaction = await connection.BeginTransactionAsync(Cancellation);
        await using (var command = new NpgsqlCommand("LOCK TABLE pg_settings IN ACCESS EXCLUSIVE MODE", connection, transaction))
            await command.ExecuteNonQueryAsync(Cancellation);

        // The listener looks into that view, and waits for it longer than its commands may take later.
        var starting = TestNode.StartAsync(
            database.Server, TestNames.Create(), new() { KeepAliveInterval = TimeSpan.FromMilliseconds(500) }, configure: builder => builder.Database = connection.Database);
        await using var observer = busy.DataSource.CreateCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND clock_timestamp() - query_start > '2 s'");
        while (!starting.IsCompleted && await observer.ExecuteScalarAsync(Cancellation) is 0L)
        {
        }

        Assert.False(starting.IsFaulted, starting.Exception?.Message);
        await transaction.RollbackAsync(Cancellation);
        await using var node = await starting;
    }

    [Fact]
    public async Task A_database_that_is_not_UTF8_is_refused()
    {
        await using var ascii = await OwnDatabase.CreateAsync(database.Server, "SQL_ASCII");
        var name = new NpgsqlConnectionStringBuilder(ascii.DataSource.ConnectionString).Database;
        await RefusesAsync("SQL_ASCII", builder => builder.Database = name);
    }

    [Fact]
    public async Task A_role_that_may_not_read_the_table_is_refused_until_it_is_granted_what_the_message_names()
    {
        var names = TestNames.Create();
        await using (await TestNode.StartAsync(database.Server, names))
        {
            // It has created the table.
        }

        await using var role = await OwnRole.CreateAsync(database.Server);
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        void AsRole(NpgsqlConnectionStringBuilder builder) => (builder.Username, builder.Password) = (login, login);
        await using (var refused = TestNode.Create(database.Server, names, configure: AsRole))
        {
            var exception = await Assert.ThrowsAsync<EventBusStartException>(() => refused.Transport.StartAsync(refused, Cancellation));
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
    public async Task A_role_that_may_not_create_the_table_is_told_so()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        await RefusesAsync("cannot be created", builder => (builder.Username, builder.Password) = (login, login));
    }

    [Fact]
    public async Task A_missing_table_that_is_not_to_be_created_is_refused()
    {
        await using var node = TestNode.Create(database.Server, TestNames.Create(), new() { CreateTable = false });
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("CreateTable", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_that_is_none_of_ours_is_refused()
    {
        var names = TestNames.Create();
        await using (var source = database.Server.CreateDataSource())
            await source.CreateCommand($"CREATE TABLE {names.Table} (id bigint, other text)").ExecuteNonQueryAsync(Cancellation);
        await using var node = TestNode.Create(database.Server, names);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("TableName", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_start_together_create_the_table_once()
    {
        var names = TestNames.Create();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestNode.StartAsync(database.Server, names)));
        Assert.Single(nodes.SelectMany(static node => node.Logger.Entries), static entry => entry.Id == 130);
        foreach (var node in nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task A_table_that_a_Socket_IO_server_creates_meanwhile_is_taken()
    {
        var names = TestNames.Create();
        await using var source = database.Server.CreateDataSource();
        await using var server = await source.OpenConnectionAsync(Cancellation);
        await using var transaction = await server.BeginTransactionAsync(Cancellation);
        await using (var create = new NpgsqlCommand($"CREATE TABLE {names.Table} (id bigserial UNIQUE, created_at timestamptz DEFAULT NOW(), payload bytea)", server))
            await create.ExecuteNonQueryAsync(Cancellation);

        // The node does not see the table, and waits for the other's end to learn whether its name is free.
        var starting = TestNode.StartAsync(database.Server, names);
        await using var waits = source.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE $1");
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
    public async Task A_disposed_node_leaves_no_backend_and_the_data_source_works_on()
    {
        var name = TestNames.Create().Table;
        var node = await TestNode.StartAsync(database.Server, TestNames.Create(), configure: builder => (builder.Pooling, builder.ApplicationName) = (false, name));
        await node.EmitAsync(1, TestEvent.Large);
        await node.Transport.DisposeAsync();

        await using (var command = node.DataSource.CreateCommand("SELECT count(*) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()"))
        {
            command.Parameters.AddWithValue(name);

            // A backend ends a moment after its connection was closed.
            while ((long)(await command.ExecuteScalarAsync(Cancellation))! > 0)
                await Task.Yield();
        }

        await node.DataSource.DisposeAsync();
    }

    [Fact]
    public async Task A_pooled_connection_that_listened_comes_back_clean()
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
    public async Task PgBouncer_in_transaction_mode_is_named()
    {
        await using var pooler = await PgBouncer.TryStartAsync(database.Server);
        Assert.SkipWhen(pooler is null, "PgBouncer is not installed.");
        await RefusesAsync("transaction mode", pooler.Configure);
    }

    private async Task RefusesAsync(string cause, Action<NpgsqlConnectionStringBuilder> configure)
    {
        await using var node = TestNode.Create(database.Server, TestNames.Create(), configure: configure);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains(cause, exception.Message, StringComparison.Ordinal);
    }
}
