using EventBus.Hosting;

namespace EventBus.InteropTests.Docs;

public sealed class TableTests
{
    [Fact]
    public void The_documented_SQL_is_what_a_bus_runs()
    {
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs", "operations.md"));
        var unquoted = AttachmentTable.CreateSql().Replace("\"", "", StringComparison.Ordinal);
        Assert.Contains(unquoted.ReplaceLineEndings("\n").Trim(), documented, StringComparison.Ordinal);
    }
}
