using EventBus.DocsTests.Pages;

namespace EventBus.DocsTests.Blocks;

public sealed class ShellTests
{
    private static readonly string[] Programs = ["dotnet", "npm"];
    private static readonly string[] Folders = ["./", "docs/", "eng/", "samples/", "src/", "tests/"];

    [Fact]
    public void Commands_are_known_programs_or_scripts_of_this_repository()
    {
        var blocks = Page.AllBlocks.Where(static block => block.Language == "sh").ToArray();
        Assert.NotEmpty(blocks);
        Assert.All(blocks.SelectMany(static block => block.Code.Split('\n')), static line => Assert.True(IsKnown(line), line));
    }

    [Fact]
    public void Scripts_and_files_in_prose_exist()
    {
        var files = Page.All.SelectMany(static page => page.Prose)
            .SelectMany(static line => line.Split('`').Where(static (_, index) => index % 2 == 1))
            .Where(static code => Folders.Any(folder => code.StartsWith(folder, StringComparison.Ordinal)))
            .ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, static file => Assert.True(Path.Exists(Repository.PathOf(file.Split(' ')[0])), file));
    }

    private static bool IsKnown(string line) => Programs.Contains(line.Split(' ')[0]) || File.Exists(Repository.PathOf(line.Split(' ')[0]));
}
