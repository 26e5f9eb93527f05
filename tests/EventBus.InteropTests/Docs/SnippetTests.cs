namespace EventBus.InteropTests.Docs;

/// <summary>Every piece of C# in the documentation stands, line by line, in a sample, and samples compile.</summary>
public sealed class SnippetTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/getting-started.md")]
    [InlineData("docs/guides/testing.md")]
    [InlineData("docs/guides/transactions.md")]
    public void Every_snippet_stands_in_a_sample(string document)
    {
        var samples = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples"), "*.cs", SearchOption.AllDirectories)
            .Where(static path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(File.ReadAllText)
            .Select(Normalize)
            .ToArray();
        var snippets = Snippets(File.ReadAllLines(Path.Combine(Repository.Root, document))).ToArray();

        Assert.NotEmpty(snippets);
        Assert.All(snippets, snippet => Assert.True(
            samples.Any(sample => sample.Contains(Normalize(snippet), StringComparison.Ordinal)), $"No sample has this snippet of {document}:\n{snippet}"));
    }

    private static IEnumerable<string> Snippets(IEnumerable<string> lines)
    {
        List<string>? snippet = null;
        foreach (var line in lines)
        {
            if (snippet is null)
            {
                if (line == "```csharp")
                    snippet = [];
            }
            else if (line == "```")
            {
                yield return string.Join('\n', snippet);
                snippet = null;
            }
            else
            {
                snippet.Add(line);
            }
        }
    }

    // Lines without their indentation: a snippet may be taken from inside a method. It begins and ends with a whole line.
    private static string Normalize(string code) => $"\n{string.Join('\n', code.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))}\n";
}
