using EventBus.DocsTests.Pages;
using EventBus.Hosting;

namespace EventBus.DocsTests.Blocks;

public sealed class SqlTests(PostgresFixture postgres)
{
    private static IEnumerable<CodeBlock> Blocks => Page.AllBlocks.Where(static block => block.Language == "sql");

    // As in the code of docs/sql.md.
    private const string TableName = "public.socket_io_attachments";

    [Fact]
    public async Task Sql_runs_on_PostgreSQL()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.NotEmpty(Blocks);

        // In a database of its own, since a bus of another test makes the table that a page makes.
        await using var server = postgres.CreateDataSource();
        await using var database = await OwnDatabase.CreateAsync(server);
        await using var dataSource = Npgsql.NpgsqlDataSource.Create(
            new Npgsql.NpgsqlConnectionStringBuilder(postgres.ConnectionString) { Database = database.Name, Pooling = false });
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);

        // Pages use the tables of the journal, and no page creates them.
        await using var journal = new Npgsql.NpgsqlCommand(JournalTables.CreateSql(), connection);
        await journal.ExecuteNonQueryAsync(cancellationToken);

        // The function needs the table, which an earlier page creates.
        var function = EmitFunction.CreateSql(new EventBusOptions { TableName = TableName });
        var firstOfFunction = Blocks.First(static block => block.Page == "docs/sql.md");
        foreach (var block in Blocks)
        {
            var sql = block == firstOfFunction ? $"{function}\n{block.Code}" : block.Code;
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [Fact]
    public void Function_is_created_for_a_table_with_a_schema() =>
        Assert.Contains(
            $"TableName = \"{TableName}\"",
            Page.AllBlocks.First(static block => block.Page == "docs/sql.md").Code,
            StringComparison.Ordinal);

    [Fact]
    public void Table_is_the_one_that_a_bus_creates()
    {
        var created = AttachmentTable.CreateSql().Replace("\"", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
        Assert.Contains(created, Blocks.First(static block => block.Page == "docs/operations.md").Code, StringComparison.Ordinal);
    }

    private sealed class OwnDatabase(Npgsql.NpgsqlDataSource server) : IAsyncDisposable
    {
        public string Name { get; } = $"pages_{Guid.NewGuid():N}";

        public static async Task<OwnDatabase> CreateAsync(Npgsql.NpgsqlDataSource server)
        {
            var database = new OwnDatabase(server);
            await database.ExecuteAsync($"CREATE DATABASE {database.Name} ENCODING 'UTF8' TEMPLATE template0");
            return database;
        }

        public async ValueTask DisposeAsync() => await ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)");

        private async Task ExecuteAsync(string sql)
        {
            await using var command = server.CreateCommand(sql);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
