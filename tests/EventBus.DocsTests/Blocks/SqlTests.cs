using EventBus.DocsTests.Pages;
using EventBus.Hosting;

namespace EventBus.DocsTests.Blocks;

public sealed class SqlTests(PostgresFixture postgres)
{
    private static IEnumerable<CodeBlock> Blocks => Page.AllBlocks.Where(static block => block.Language == "sql");

    [Fact]
    public async Task Sql_runs_on_PostgreSQL()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        Assert.NotEmpty(Blocks);

        // In a schema of its own, since a bus of another test makes the table that the page makes.
        await using var dataSource = postgres.CreateDataSource();
        await using var connection = await dataSource.OpenConnectionAsync(cancellationToken);
        await using var schema = new Npgsql.NpgsqlCommand("CREATE SCHEMA pages; SET search_path = pages", connection);
        await schema.ExecuteNonQueryAsync(cancellationToken);

        // The function needs the table, which an earlier page creates.
        var function = EmitFunction.CreateSql(new EventBusOptions { TableName = "pages.socket_io_attachments" });
        var firstOfFunction = Blocks.First(static block => block.Page == "docs/sql.md");
        foreach (var block in Blocks)
        {
            var sql = block == firstOfFunction ? $"{function}\n{block.Code}" : block.Code;
            await using var command = new Npgsql.NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    [Fact]
    public void Table_is_the_one_that_a_bus_creates()
    {
        var created = AttachmentTable.CreateSql().Replace("\"", "", StringComparison.Ordinal).ReplaceLineEndings("\n").Trim();
        Assert.Contains(created, Blocks.First(static block => block.Page == "docs/operations.md").Code, StringComparison.Ordinal);
    }
}
