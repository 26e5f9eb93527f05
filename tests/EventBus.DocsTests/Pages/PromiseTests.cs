namespace EventBus.DocsTests.Pages;

/// <summary>Each limit of the reference in docs/protocol.md has a test of EventBus's promise.</summary>
public sealed class PromiseTests
{
    private const string Heading = "## Where the reference falls short";

    [Fact]
    public void Limits_of_the_reference_name_tests_that_exist()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md"));
        var section = page[page.IndexOf(Heading, StringComparison.Ordinal)..].Split("\n## ")[0];
        var rows = section.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToArray();
        Assert.Equal(15, rows.Length);
        Assert.All(rows, NamedTests.AssertExist);
    }
}
