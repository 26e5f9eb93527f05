using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>The roles of <c>grants.sql</c>, which the package contains, can do their work, and need all of their privileges.</summary>
public sealed class GrantTests(DatabaseFixture database)
{
    private const string OwnTable = "";
    private const string SocketIoTable =
        "CREATE TABLE socket_io_attachments (id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea); "
        + "CREATE INDEX ON socket_io_attachments (created_at)";

    private readonly TestNames _names = TestNames.Create() with { Table = EventBusDefaults.TableName };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(OwnTable)]
    [InlineData(SocketIoTable)]
    public async Task Grants_let_a_node_publish_read_and_remove_and_a_publisher_publish(string table)
    {
        await using var nodeRole = await OwnRole.CreateAsync(database.Server);
        await using var publisherRole = await OwnRole.CreateAsync(database.Server);
        await using var own = await CreateDatabaseAsync(table);
        await nodeRole.GrantAsync(database.Server, "eventbus_node");
        await publisherRole.GrantAsync(database.Server, "eventbus_publisher");

        await using var node = await TestNode.StartAsync(database.Server, _names, Options(), configure: As(nodeRole, own));
        await using var peer = await TestNode.StartAsync(database.Server, _names, Options(), configure: As(nodeRole, own));
        await using var source = database.Server.CreateDataSource(As(publisherRole, own));
        await using var publisher = new TestPublisher(source, _names, new() { CreateTable = false });
        await publisher.Pipeline.StartAsync(Cancellation);
        await node.EmitAsync(1, TestEvent.Large);
        await publisher.EmitAsync(2, TestEvent.Large);
        await publisher.EmitAsync(3);
        await peer.UntilAsync(static peer => peer.Received.Count + peer.Lost == 3);
        Assert.Equal(0, peer.Lost);
        Assert.DoesNotContain(publisher.Logger.Entries, static entry => entry.Id == 132);

        await Task.WhenAny(node.Logger.UntilAsync(140), peer.Logger.UntilAsync(140));
        Assert.Equal(0, node.Diagnostics.FailedSweeps.Value + peer.Diagnostics.FailedSweeps.Value);

        foreach (var sql in new[] { "SELECT payload FROM", "DELETE FROM", "TRUNCATE" })
        {
            await using var command = source.CreateCommand($"{sql} {_names.Table}");
            var rejection = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Cancellation));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, rejection.SqlState);
        }
    }

    [Theory]
    [InlineData("CONNECT ON DATABASE {database}")]
    [InlineData("USAGE ON SCHEMA public")]
    [InlineData("INSERT (payload) ON socket_io_attachments")]
    [InlineData("SELECT ON socket_io_attachments")]
    public async Task StartAsync_node_throws_without_any_of_its_privileges(string privilege)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var own = await CreateDatabaseAsync(OwnTable);
        await role.GrantAsync(database.Server, "eventbus_node");
        await own.ExecuteInsideAsync($"REVOKE {privilege} FROM eventbus_node");
        await using var node = TestNode.Create(database.Server, _names, Options(), configure: As(role, own));
        await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
    }

    [Fact]
    public async Task Sweeper_of_a_node_needs_its_privilege_to_delete()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var own = await CreateDatabaseAsync(OwnTable);
        await role.GrantAsync(database.Server, "eventbus_node");
        await own.ExecuteInsideAsync("REVOKE DELETE ON socket_io_attachments FROM eventbus_node");
        await using var node = await TestNode.StartAsync(database.Server, _names, Options(), configure: As(role, own));
        await node.Logger.UntilAsync(141);
    }

    [Theory]
    [InlineData("USAGE ON SCHEMA public")]
    [InlineData("INSERT (payload) ON socket_io_attachments")]
    [InlineData("SELECT (id) ON socket_io_attachments")]
    public async Task StartAsync_publisher_cannot_attach_without_any_of_its_privileges(string privilege)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var own = await CreateDatabaseAsync(OwnTable);
        await role.GrantAsync(database.Server, "eventbus_publisher");
        await own.ExecuteInsideAsync($"REVOKE {privilege} FROM eventbus_publisher");
        await using var source = database.Server.CreateDataSource(As(role, own));
        await using var publisher = new TestPublisher(source, _names, new() { CreateTable = false });
        await publisher.Pipeline.StartAsync(Cancellation);
        await publisher.EmitAsync(1);
        Assert.Single(publisher.Logger.Entries, static entry => entry.Id == 132);
        var rejected = await Assert.ThrowsAsync<EventNotSentException>(() => publisher.EmitAsync(2, TestEvent.Large).AsTask());
        Assert.Contains("GRANT INSERT (payload), SELECT", rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publisher_whose_role_must_not_allocate_memory_in_advance_publishes()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var own = await CreateDatabaseAsync(OwnTable);
        await role.GrantAsync(database.Server, "eventbus_publisher");
        await own.ExecuteInsideAsync("REVOKE EXECUTE ON FUNCTION repeat(text, integer) FROM PUBLIC");
        await using var source = database.Server.CreateDataSource(As(role, own));
        await using var publisher = new TestPublisher(source, _names, new() { CreateTable = false });
        await publisher.Pipeline.StartAsync(Cancellation);
        await publisher.EmitAsync(1);
        await publisher.EmitAsync(2, padding: 300 * 1024);
    }

    private static EventBusOptions Options() => new() { CreateTable = false, CleanupInterval = TimeSpan.FromSeconds(2) };

    private static Action<NpgsqlConnectionStringBuilder> As(OwnRole role, OwnDatabase own)
    {
        var login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username;
        return builder =>
        {
            own.Configure(builder);
            (builder.Username, builder.Password) = (login, login);
        };
    }

    /// <summary>Creates a database in which only the two roles have privileges.</summary>
    private async Task<OwnDatabase> CreateDatabaseAsync(string table)
    {
        var own = await OwnDatabase.CreateAsync(database.Server);
        await own.ExecuteInsideAsync("REVOKE ALL ON DATABASE {database} FROM PUBLIC; REVOKE ALL ON SCHEMA public FROM PUBLIC");
        await own.ExecuteInsideAsync(table == OwnTable ? new AttachmentSchema(_names.Table).CreateSql : table);
        var grants = await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "grants.sql"), Cancellation);
        await own.ExecuteInsideAsync(grants);
        await own.ExecuteInsideAsync(grants);
        return own;
    }
}
