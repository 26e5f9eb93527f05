using System.Reflection;
using EventBus.DocsTests.Pages;

namespace EventBus.DocsTests.Blocks;

public sealed class ErrorTextTests
{
    /// <summary>The program behind the contract of the guide is <c>Preambles/errors.cs</c>.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Messages_of_the_guide_are_those_that_are_thrown()
    {
        var page = Page.Named("docs/guides/contracts.md");
        var contract = page.Blocks.First(static block => block.Language == "csharp");
        using var stream = new MemoryStream();
        var emitted = BlockCompiler.Compile(contract with { Preambles = ["errors"] })
            .Emit(stream, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));

        var cause = Assembly.Load(stream.ToArray()).GetType("Errors")!.GetMethod("CauseAsync")!;
        var messages = await (Task<string[]>)cause.Invoke(null, null)!;
        Assert.Equal(page.Blocks.Where(static block => block.Language == "text").Select(static block => block.Code), messages);
    }
}
