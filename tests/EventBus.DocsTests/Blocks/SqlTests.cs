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
        var functions = EmitFunction.CreateSql(new EventBusOptions { TableName = "pages.socket_io_attachments" });
        foreach (var block in Blocks)
        {
            // The table is that of a page before it.
            if (block.Page == "docs/sql.md" && functions.Length > 0)
            {
                await using var create = new Npgsql.NpgsqlCommand(functions, connection);
                await create.ExecuteNonQueryAsync(cancellationToken);
                functions = "";
            }

            await using var command = new Npgsql.NpgsqlCommand(block.Code, connection);
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
