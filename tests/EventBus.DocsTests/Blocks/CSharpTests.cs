using EventBus.DocsTests.Pages;

namespace EventBus.DocsTests.Blocks;

public sealed class CSharpTests
{
    /// <summary>The blocks that cannot compile: the page gives the reason, and a new one is entered here, too.</summary>
    private static readonly string[] Exempt = [];

    public static TheoryData<string> PagesWithCode => [.. Page.AllBlocks.Where(IsCSharp).Select(static block => block.Page).Distinct()];

    [Theory]
    [MemberData(nameof(PagesWithCode))]
    public async Task Page_blocks_compile_without_warnings(string page)
    {
        var faults = new List<string>();
        foreach (var block in Page.Named(page).Blocks.Where(static block => IsCSharp(block) && block.Exemption is null))
            faults.AddRange(await BlockCompiler.FindFaultsAsync(block, TestContext.Current.CancellationToken));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Theory]
    [InlineData("lobby.Message(", "lobby.Mesage(", "CS1061")]
    [InlineData("await lobby", "_ = lobby", "EVB2002")]
    public async Task FindFaults_reports_an_error_and_a_broken_rule(string right, string wrong, string id)
    {
        var block = Page.Named("README.md").Blocks.First(IsCSharp);
        Assert.Contains(right, block.Code, StringComparison.Ordinal);
        var broken = block with { Code = block.Code.Replace(right, wrong, StringComparison.Ordinal) };

        var fault = Assert.Single(await BlockCompiler.FindFaultsAsync(broken, TestContext.Current.CancellationToken));
        Assert.StartsWith("README.md(", fault, StringComparison.Ordinal);
        Assert.Contains(id, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Exempt_blocks_are_those_that_are_known()
    {
        var exempt = Page.AllBlocks.Where(static block => block.Exemption is not null).ToList();
        Assert.Equal(Exempt, exempt.Select(static block => $"{block.Page}: {block.Exemption}"));
    }

    private static bool IsCSharp(CodeBlock block) => block.Language == "csharp";
}
