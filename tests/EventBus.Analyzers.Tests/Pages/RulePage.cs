using System.Text.RegularExpressions;

namespace EventBus.Analyzers.Tests.Pages;

/// <summary>A page of <c>docs/rules</c>.</summary>
internal sealed partial class RulePage(string id)
{
    private const string LockHeading = "# Events.";

    /// <summary>The text of the page.</summary>
    public string Text { get; } = File.ReadAllText(Path.Combine(CatalogueTests.Root, "docs", "rules", $"{id}.md"));

    /// <summary>
    /// The examples: each piece of C#, with the files of a contract lock that stand before it. Files that no C# follows are an example
    /// without any.
    /// </summary>
    public IEnumerable<PageExample> Examples
    {
        get
        {
            var files = new Dictionary<string, string>();
            var isOpen = false;
            foreach (Match block in Blocks().Matches(ExampleSection))
            {
                var (language, content) = (block.Groups[1].Value, block.Groups[2].Value);
                isOpen = language == "text";
                if (language == "csharp")
                    yield return new PageExample(content, files.ToDictionary());
                else if (content.StartsWith(LockHeading, StringComparison.Ordinal))
                    files[content[2..content.IndexOf('\n')]] = content;
            }

            if (isOpen)
                yield return new PageExample("", files);
        }
    }

    private string ExampleSection =>
        Text[Text.IndexOf("## Example\n", StringComparison.Ordinal)..Text.IndexOf("## How to suppress\n", StringComparison.Ordinal)];

    [GeneratedRegex("```(csharp|text)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
