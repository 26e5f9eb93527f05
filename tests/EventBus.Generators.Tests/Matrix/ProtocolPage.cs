using EventBus.Generators.Tests.Snapshots;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>
/// The generated parts of docs/protocol.md: each stands between two comments. If <c>EVENTBUS_ACCEPT_SNAPSHOTS</c> is 1, a part that differs
/// is replaced.
/// </summary>
internal static class ProtocolPage
{
    private static readonly string Path = System.IO.Path.Combine(SnapshotFolder.Repository, "docs", "protocol.md");

    public static void Verify(string part, string generated)
    {
        var page = File.ReadAllText(Path).Replace("\r\n", "\n", StringComparison.Ordinal);
        if (SnapshotFolder.IsAccepting)
        {
            page = Replace(page, part, generated);
            File.WriteAllText(Path, page);
        }

        Assert.Equal(generated, Find(page, part));
    }

    /// <summary>The text of a part.</summary>
    public static string Find(string page, string part) => page[Place(page, part)];

    /// <summary>The page with another text of a part.</summary>
    public static string Replace(string page, string part, string generated)
    {
        var place = Place(page, part);
        return $"{page[..place.Start]}{generated}{page[place.End..]}";
    }

    private static Range Place(string page, string part)
    {
        var begin = $"<!-- generated: {part} -->\n";
        var start = page.IndexOf(begin, StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no part '{part}'.");
        var end = page.IndexOf("<!-- end -->", start, StringComparison.Ordinal);
        Assert.True(end >= 0, $"The part '{part}' has no end.");
        return (start + begin.Length)..end;
    }
}
