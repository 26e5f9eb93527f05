using System.Text.RegularExpressions;

namespace EventBus.DocsTests.Pages;

/// <summary>Each limit of the reference in docs/protocol.md has a test of EventBus's promise.</summary>
public sealed partial class PromiseTests
{
    private const string Heading = "## Where the reference falls short";

    [Fact]
    public void Limits_of_the_reference_name_tests_that_exist()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "protocol.md"));
        var section = page[page.IndexOf(Heading, StringComparison.Ordinal)..].Split("\n## ")[0];
        var rows = section.Split('\n').Where(static line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToArray();
        Assert.Equal(15, rows.Length);
        Assert.All(rows, static row =>
        {
            var tests = Test().Matches(row);
            Assert.NotEmpty(tests);
            Assert.All(tests, static test => Assert.True(Exists(test.Groups["class"].Value, test.Groups["method"].Value), test.Value));
        });
    }

    private static bool Exists(string className, string method) => Directory
        .EnumerateFiles(Path.Combine(Repository.Root, "tests"), $"{className}.cs", SearchOption.AllDirectories)
        .Any(file => Method(method).IsMatch(File.ReadAllText(file)));

    private static Regex Method(string name) =>
        new($@"\[(Fact|Theory)[^\n]*\n(\s*\[[^\n]*\n)*\s*public (async )?\w+ {name}\(", RegexOptions.CultureInvariant);

    [GeneratedRegex(@"`(?<class>\w+Tests)\.(?<method>\w+)`")]
    private static partial Regex Test();
}
