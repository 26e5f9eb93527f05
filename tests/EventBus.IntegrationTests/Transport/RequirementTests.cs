using EventBus.Transport.Sql;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Transport;

/// <summary>A setting that would lose attachments, or keep them for ever, is found at the start by its name.</summary>
public sealed class RequirementTests(DatabaseFixture database)
{
    private const string ReadOnly = "ALTER DATABASE {database} SET default_transaction_read_only = on";
    private const string NoTimeZone = "ALTER TABLE {table} ALTER created_at TYPE timestamp";
    private const string NoIdentity = "ALTER TABLE {table} REPLICA IDENTITY NOTHING; CREATE PUBLICATION all_tables FOR ALL TABLES";
    private const string NoPolicy = "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ReadOnly, "default_transaction_read_only")]
    [InlineData(NoTimeZone, "created_at TYPE timestamptz")]
    [InlineData(NoIdentity, "REPLICA IDENTITY FULL")]
    [InlineData(NoPolicy, "Row-level security")]
    public async Task StartAsync_unmet_requirement_throws_by_its_name(string sql, string name)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var table = await OwnTable.CreateAsync(database.Server, role);
        await table.ExecuteAsync(sql);
        await using var node = TestNode.Create(database.Server, table.Names, configure: table.Configure);
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains(name, exception.Message, StringComparison.Ordinal);
        Assert.Equal(sql == ReadOnly, exception.IsTransient);
    }

    [Fact]
    public async Task StartAsync_other_client_encoding_throws()
    {
        await using var node = TestNode.Create(
            database.Server, TestNames.Create(), configure: static builder => builder.ClientEncoding = "LATIN1");
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => node.Transport.StartAsync(node, Cancellation));
        Assert.Contains("client_encoding of the session is LATIN1", exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The start and PostgreSQL agree about which replica identity rejects deletes.</summary>
    [Theory]
    [InlineData("", "FOR ALL TABLES", false)]
    [InlineData("REPLICA IDENTITY NOTHING", "FOR ALL TABLES", true)]
    [InlineData("REPLICA IDENTITY NOTHING", "FOR ALL TABLES WITH (publish = 'insert, update')", false)]
    [InlineData("REPLICA IDENTITY NOTHING", "FOR TABLE {table}", true)]
    [InlineData("REPLICA IDENTITY NOTHING", "", false)]
    [InlineData("REPLICA IDENTITY FULL", "FOR ALL TABLES", false)]
    [InlineData("DROP CONSTRAINT {table}_pkey", "FOR ALL TABLES", true)]
    [InlineData("DROP CONSTRAINT {table}_pkey, ADD CONSTRAINT ids UNIQUE (id), REPLICA IDENTITY USING INDEX ids", "FOR ALL TABLES", false)]
    public async Task StartAsync_replica_identity_throws_if_deletes_are_rejected(string change, string publication, bool isRejected)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var table = await OwnTable.CreateAsync(database.Server, role);
        if (change.Length > 0)
            await table.ExecuteAsync($"ALTER TABLE {{table}} {change}");
        if (publication.Length > 0)
            await table.ExecuteAsync($"CREATE PUBLICATION published {publication}");

        await using var node = TestNode.Create(database.Server, table.Names, configure: table.Configure);
        var start = await Record.ExceptionAsync(() => node.Transport.StartAsync(node, Cancellation));
        var deletion = await Record.ExceptionAsync(() => table.ExecuteAsync("DELETE FROM {table}"));
        Assert.Equal(isRejected, deletion is PostgresException { SqlState: PostgresErrorCodes.ObjectNotInPrerequisiteState });
        Assert.Equal(isRejected, start is EventBusStartException);
        if (start is not null)
            Assert.Contains("'published'", start.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USING (true)", null)]
    [InlineData("FOR SELECT USING (true)", "(INSERT, DELETE)")]
    [InlineData("USING (id % 2 = 0)", "(INSERT, SELECT, DELETE)")]
    [InlineData("USING (true) WITH CHECK (id > 0)", "(INSERT)")]
    [InlineData("TO pg_monitor USING (true)", "(INSERT, SELECT, DELETE)")]
    [InlineData("USING (true); CREATE POLICY narrow ON {table} AS RESTRICTIVE FOR DELETE USING (id > 10)", "(DELETE)")]
    [InlineData("USING (false); CREATE POLICY wide ON {table} USING (true)", null)]
    public async Task StartAsync_policy_throws_if_it_can_hide_or_reject_rows(string policy, string? commands)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var table = await OwnTable.CreateAsync(database.Server, role);
        await table.ExecuteAsync($"{NoPolicy}; CREATE POLICY rows ON {{table}} {policy}");
        await using var node = TestNode.Create(database.Server, table.Names, configure: table.Configure);
        var start = await Record.ExceptionAsync(() => node.Transport.StartAsync(node, Cancellation));
        if (commands is null)
            Assert.Null(start);
        else
            Assert.Contains(commands, Assert.IsType<EventBusStartException>(start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_node_that_removes_nothing_needs_no_deletes()
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var table = await OwnTable.CreateAsync(database.Server, role);
        await table.ExecuteAsync(
            $"{NoIdentity}; {NoPolicy}; CREATE POLICY written ON {{table}} FOR INSERT WITH CHECK (true); "
            + "CREATE POLICY read ON {table} FOR SELECT USING (true)");
        var options = new EventBusOptions { CleanupInterval = Timeout.InfiniteTimeSpan };
        await using var sender = await TestNode.StartAsync(database.Server, table.Names, options, configure: table.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, table.Names, options, configure: table.Configure);
        await sender.EmitAsync(1, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count == 1);
    }

    [Theory]
    [InlineData(ReadOnly, "default_transaction_read_only")]
    [InlineData(NoTimeZone, "created_at TYPE timestamptz")]
    [InlineData(NoPolicy, "(INSERT, SELECT)")]
    [InlineData(NoIdentity, null)]
    public async Task StartAsync_publisher_logs_the_unmet_requirement_and_publishes_inline(string sql, string? name)
    {
        await using var role = await OwnRole.CreateAsync(database.Server);
        await using var table = await OwnTable.CreateAsync(database.Server, role);
        await table.ExecuteAsync(sql);
        await using var source = database.Server.CreateDataSource(table.Configure);
        await using var publisher = new TestPublisher(source, table.Names);
        await publisher.Pipeline.StartAsync(Cancellation);
        await publisher.EmitAsync(1);
        var logged = publisher.Logger.Entries.Where(static entry => entry.Id == 132).Select(static entry => entry.Message).ToArray();
        if (name is null)
            Assert.Empty(logged);
        else
            Assert.Contains(name, Assert.Single(logged), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_publisher_with_other_client_encoding_throws()
    {
        await using var source = database.Server.CreateDataSource(static builder => builder.ClientEncoding = "LATIN1");
        await using var publisher = new TestPublisher(source, TestNames.Create());
        var exception = await Assert.ThrowsAsync<EventBusStartException>(() => publisher.Pipeline.StartAsync(Cancellation));
        Assert.Contains("client_encoding", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_schema_that_needs_quotes_is_found()
    {
        await using var own = await OwnDatabase.CreateAsync(database.Server);
        await own.ExecuteInsideAsync("CREATE SCHEMA \"Tenant 7\"");
        var names = TestNames.Create() with { Table = "Tenant 7.Attachments" };
        await using var sender = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await using var receiver = await TestNode.StartAsync(database.Server, names, configure: own.Configure);
        await sender.EmitAsync(1, TestEvent.Large);
        await receiver.UntilAsync(static node => node.Received.Count + node.Lost == 1);
        Assert.Equal(0, receiver.Lost);
    }

    /// <summary>An attachment table in a database of its own, with all privileges of a role that does not own it.</summary>
    private sealed class OwnTable : IAsyncDisposable
    {
        private readonly OwnDatabase _database;
        private readonly string _login;

        private OwnTable(OwnDatabase database, OwnRole role)
        {
            _database = database;
            _login = new NpgsqlConnectionStringBuilder(role.DataSource.ConnectionString).Username!;
        }

        public TestNames Names { get; } = TestNames.Create();

        public static async Task<OwnTable> CreateAsync(EventBus.Testing.PostgresServer server, OwnRole role)
        {
            var table = new OwnTable(await OwnDatabase.CreateAsync(server), role);
            await table.ExecuteAsync(new AttachmentSchema(table.Names.Table).CreateSql);
            await table.ExecuteAsync($"GRANT SELECT, INSERT, DELETE ON {{table}} TO {table._login}");
            return table;
        }

        public void Configure(NpgsqlConnectionStringBuilder builder)
        {
            _database.Configure(builder);
            (builder.Username, builder.Password) = (_login, _login);
        }

        public Task ExecuteAsync(string sql) =>
            _database.ExecuteInsideAsync(sql.Replace("{table}", Names.Table, StringComparison.Ordinal));

        public ValueTask DisposeAsync() => _database.DisposeAsync();
    }
}
