using System.Text.RegularExpressions;

namespace EventBus.DocsTests.Pages;

public sealed partial class LinkTests
{
    [Fact]
    public void Links_lead_to_a_file_and_a_heading_of_it()
    {
        var broken = new List<string>();
        var count = 0;
        foreach (var page in Page.All)
        {
            foreach (Match link in page.Prose.SelectMany(static line => Link().Matches(line)))
            {
                var (file, heading) = (link.Groups["file"].Value, link.Groups["heading"].Value);
                if (file.Contains("://", StringComparison.Ordinal))
                    continue;
                count++;
                if (!Exists(Repository.PathOf(page.Name), file, heading))
                    broken.Add($"{page.Name} → {link.Value}");
            }
        }

        Assert.NotEqual(0, count);
        Assert.Empty(broken);
    }

    private static bool Exists(string page, string file, string heading)
    {
        var target = file.Length == 0 ? page : Path.Combine(Path.GetDirectoryName(page)!, file);
        return Path.Exists(target)
            && (heading.Length == 0 || File.ReadLines(target).Any(line => line.StartsWith('#') && Anchor(line) == heading));
    }

    // The name that GitHub gives to a heading.
    private static string Anchor(string heading) =>
        Punctuation().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"\]\((?<file>[^)#]*)(#(?<heading>[^)]*))?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex Punctuation();
}
