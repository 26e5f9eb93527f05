using System.Collections.Immutable;
using EventBus.Analyzers.CodeFixes.Declaring;
using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.CodeFixes;

public sealed class LockCodeFixTests
{
    private const string Source =
        "[EventBus.BroadcastEvent] public interface IChatEvents { void Ping(long value); void Said(string text); }";

    [Theory]
    [InlineData("/ ping(value: int64)", "", "/ said(text: string)\n")]
    [InlineData(
        "/ ping(value: int64)\n/ said(text: int32)",
        "# since 1.0\n",
        "# since 1.0\n*REMOVED*/ said(text: int32)\n/ said(text: string)\n")]
    [InlineData("/ ping(value: int64)", "/ said(text: int32)", "/ said(text: string)\n")]
    [InlineData("/ ping(value: int64)\n/ said(text: string)\n/ gone()", "", "*REMOVED*/ gone()\n")]
    [InlineData("/ ping(value: int64)\n/ said(text: string)", "/ gone()\n", "")]
    public async Task Record_adds_the_line(string shipped, string unshipped, string expected)
    {
        var project = Project(shipped, unshipped);

        Assert.Equal(expected, await FixAsync(project, Assert.Single(await DiagnoseAsync(project))));
    }

    [Fact]
    public async Task Record_keeps_the_line_ends_of_the_file()
    {
        var project = Project("/ ping(value: int64)", "# since 1.0\r\n/ said(text: int32)\r\n");

        Assert.Equal("# since 1.0\r\n/ said(text: string)\r\n", await FixAsync(project, Assert.Single(await DiagnoseAsync(project))));
    }

    /// <summary>Two contracts may have events of one name. The line of the other event must stay.</summary>
    [Theory]
    [InlineData("void Said(string text);", "void Said(Guid id);", "/ said(text: int32)")]
    [InlineData("void Said(Guid id);", "void Said(string text);", "/ said(text: int32)")]
    [InlineData("void Said(Guid id);", "void Said(string text);", "/ said(text: uri)")]
    public async Task Remove_keeps_the_lines_of_other_events(string one, string other, string changed)
    {
        var source =
            $"[EventBus.BroadcastEvent] public interface IOneEvents {{ {one} }} "
            + $"[EventBus.BroadcastEvent] public interface IOtherEvents {{ {other} }}";
        var project = Project($"/ said(text: string)\n{changed}", "", $"using System; {source}");

        Assert.Equal($"*REMOVED*{changed}\n/ said(id: guid)\n", await FixAsync(project, Assert.Single(await DiagnoseAsync(project))));
    }

    [Fact]
    public async Task Record_creates_a_missing_file()
    {
        var project = Project("/ ping(value: int64)", null);

        Assert.Equal("/ said(text: string)\n", await FixAsync(project, Assert.Single(await DiagnoseAsync(project))));
    }

    [Fact]
    public async Task Record_fixes_all_in_the_project()
    {
        var project = Project("/ ping(value: int32)\n/ gone()", "");
        var diagnostics = await DiagnoseAsync(project);
        var fix = new LockCodeFix();
        var context = new FixAllContext(
            project,
            fix,
            FixAllScope.Project,
            "Record the change in the contract lock",
            fix.FixableDiagnosticIds,
            new Known(diagnostics),
            TestContext.Current.CancellationToken);

        var action = await fix.GetFixAllProvider().GetFixAsync(context);

        Assert.Equal(
            "*REMOVED*/ gone()\n*REMOVED*/ ping(value: int32)\n/ ping(value: int64)\n/ said(text: string)\n",
            await ApplyAsync(project, action!));
    }

    private static Project Project(string shipped, string? unshipped, string source = Source)
    {
        var compilation = Analysis.Compile("", withEventBus: true);
        var project = new AdhocWorkspace().AddProject("Shop", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .AddMetadataReferences(compilation.References)
            .AddDocument("Events.cs", source).Project
            .AddAdditionalDocument("Events.Shipped.txt", shipped, filePath: "/shop/Events.Shipped.txt").Project;
        return unshipped is null ? project : project.AddAdditionalDocument(
            "Events.Unshipped.txt", unshipped, filePath: "/shop/Events.Unshipped.txt")
            .Project;
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(TestContext.Current.CancellationToken);
        return await compilation!.WithAnalyzers([new ContractLockAnalyzer()], project.AnalyzerOptions)
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> FixAsync(Project project, Diagnostic diagnostic)
    {
        var document = diagnostic.Location.IsInSource
            ? project.GetDocument(diagnostic.Location.SourceTree)!
            : project.AdditionalDocuments.Single(file => file.FilePath == diagnostic.Location.GetLineSpan().Path);
        var offered = new List<CodeAction>();
        await new LockCodeFix().RegisterCodeFixesAsync(new CodeFixContext(
            document,
            diagnostic.Location.SourceSpan,
            [diagnostic],
            (action, _) => offered.Add(action),
            TestContext.Current.CancellationToken));
        return await ApplyAsync(project, Assert.Single(offered));
    }

    // A recorded change is not reported.
    private static async Task<string> ApplyAsync(Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(TestContext.Current.CancellationToken);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(project.Id)!;
        Assert.Empty(await DiagnoseAsync(changed));
        var unshipped = changed.AdditionalDocuments.Single(static file => file.FilePath == "/shop/Events.Unshipped.txt");
        return (await unshipped.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
