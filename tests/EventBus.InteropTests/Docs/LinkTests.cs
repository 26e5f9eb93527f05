using System.Text.RegularExpressions;

namespace EventBus.InteropTests.Docs;

/// <summary>Every link from one page to another file of the repository leads somewhere.</summary>
public sealed partial class LinkTests
{
    [Fact]
    public void Every_link_leads_to_a_file()
    {
        string[] pages = [.. Directory.EnumerateFiles(Repository.Root, "*.md"), .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories)];
        var links = pages.SelectMany(static page => Link().Matches(File.ReadAllText(page)).Select(match => (Page: page, Target: match.Groups["target"].Value)))
            .Where(static link => !link.Target.Contains("://", StringComparison.Ordinal))
            .ToArray();

        Assert.NotEmpty(links);
        Assert.Empty(links.Where(static link => !Exists(link.Page, link.Target)).Select(static link => $"{Path.GetRelativePath(Repository.Root, link.Page)} → {link.Target}"));
    }

    private static bool Exists(string page, string target) => Path.Exists(Path.Combine(Path.GetDirectoryName(page)!, target));

    // The part after # is a heading of that file.
    [GeneratedRegex(@"\]\((?<target>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
