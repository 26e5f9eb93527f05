using System.Text.RegularExpressions;

namespace EventBus.DocsTests.Pages;

/// <summary>A page of the documentation.</summary>
internal sealed partial class Page
{
    private const string Fence = "```";
    private const string With = "with ";
    private const string No = "no, because ";

    private Page(string name)
    {
        Name = name;
        Lines = File.ReadAllLines(Repository.PathOf(name));
        Blocks = [.. Read()];
    }

    /// <summary>Every page of the root folder and of docs.</summary>
    public static IReadOnlyList<Page> All { get; } =
    [
        .. Directory.EnumerateFiles(Repository.Root, "*.md")
            .Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories))
            .Select(static path => Path.GetRelativePath(Repository.Root, path).Replace(Path.DirectorySeparatorChar, '/'))
            .Order(StringComparer.Ordinal)
            .Select(static name => new Page(name)),
    ];

    /// <summary>The blocks of all pages but those of <c>docs/rules</c>: the tests of the analyzers compile these.</summary>
    public static IEnumerable<CodeBlock> AllBlocks =>
        All.Where(static page => !page.Name.StartsWith("docs/rules/", StringComparison.Ordinal)).SelectMany(static page => page.Blocks);

    /// <summary>The path, relative to the root.</summary>
    public string Name { get; }

    public IReadOnlyList<string> Lines { get; }

    public IReadOnlyList<CodeBlock> Blocks { get; }

    /// <summary>The lines outside of blocks.</summary>
    public IEnumerable<string> Prose => Lines.Where((_, index) => !Blocks.Any(block => block.Contains(index + 1)));

    public static Page Named(string name) => All.Single(page => page.Name == name);

    private IEnumerable<CodeBlock> Read()
    {
        for (var start = 0; start < Lines.Count; start++)
        {
            if (!Lines[start].StartsWith(Fence, StringComparison.Ordinal))
                continue;

            var end = start + 1;
            while (Lines[end] != Fence)
                end++;
            var directive = start == 0 ? "" : Directive().Match(Lines[start - 1]).Groups["text"].Value;
            var (isWith, isNo) = (directive.StartsWith(With, StringComparison.Ordinal), directive.StartsWith(No, StringComparison.Ordinal));
            if (directive.Length > 0 && !isWith && !isNo)
                throw new InvalidDataException($"{Name}:{start}: write 'compile: {With}NAME' or 'compile: {No}REASON'.");

            yield return new CodeBlock(
                Name,
                start + 1,
                Lines[start][Fence.Length..],
                string.Join('\n', Lines.Skip(start + 1).Take(end - start - 1)),
                isWith ? directive[With.Length..].Split(' ') : [],
                isNo ? directive[No.Length..] : null);
            start = end;
        }
    }

    [GeneratedRegex("^<!-- compile: (?<text>.+) -->$")]
    private static partial Regex Directive();
}
