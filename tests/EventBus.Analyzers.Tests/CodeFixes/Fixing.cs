using System.Collections.Immutable;
using EventBus.Analyzers.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Tests.CodeFixes;

/// <summary>Runs a rule and its fix over the files of a project and returns the fixed files.</summary>
internal sealed class Fixing<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : EventBusCodeFix, new()
{
    private readonly Project _project;

    private Fixing(Project project) => _project = project;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Fixing<TAnalyzer, TFix> Of(params string[] files)
    {
        var compilation = Analysis.Compile("", withEventBus: true);
        var project = new AdhocWorkspace().AddProject("Shop", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.CSharp13))
            .AddMetadataReferences(compilation.References)
            .AddAnalyzerReference(LoadedGenerator.Reference)
            .AddDocument("GlobalUsings.cs", "global using System;").Project;
        foreach (var (index, file) in files.Index())
            project = project.AddDocument($"File{index}.cs", file).Project;
        return new Fixing<TAnalyzer, TFix>(project);
    }

    /// <summary>Adds the properties of the project that an <c>.editorconfig</c> can name.</summary>
    public Fixing<TAnalyzer, TFix> With(string globalConfig)
    {
        var config = DocumentId.CreateNewId(_project.Id);
        var text = Microsoft.CodeAnalysis.Text.SourceText.From($"is_global = true\n{globalConfig}");
        return new Fixing<TAnalyzer, TFix>(
            _project.Solution.AddAnalyzerConfigDocument(config, ".globalconfig", text, filePath: "/.globalconfig")
                .GetProject(_project.Id)!);
    }

    /// <summary>Fixes the first diagnostic and returns the files.</summary>
    public async Task<ImmutableArray<string>> FixFirstAsync()
    {
        var diagnostic = (await DiagnoseAsync(_project))[0];
        return await ApplyAsync(Assert.Single(await OfferAsync(diagnostic)), stays: null);
    }

    /// <summary>Fixes all diagnostics and returns the files. Fails if a diagnostic remains.</summary>
    public async Task<ImmutableArray<string>> FixAllAsync(FixAllScope scope = FixAllScope.Project)
    {
        var diagnostics = await DiagnoseAsync(_project);
        var fix = new TFix();
        var document = _project.Solution.GetDocument(diagnostics[0].Location.SourceTree)!;
        var context = new FixAllContext(document, fix, scope, fix.Title, fix.FixableDiagnosticIds, new Known(diagnostics), Token);
        var action = await fix.GetFixAllProvider().GetFixAsync(context);
        Assert.NotNull(action);
        return await ApplyAsync(action, stays: 0);
    }

    /// <summary>Fails if a fix is offered for any diagnostic.</summary>
    public async Task OffersNothingAsync()
    {
        var diagnostics = await DiagnoseAsync(_project);
        Assert.NotEmpty(diagnostics);
        foreach (var diagnostic in diagnostics)
            Assert.Empty(await OfferAsync(diagnostic));
    }

    private async Task<List<CodeAction>> OfferAsync(Diagnostic diagnostic)
    {
        var offered = new List<CodeAction>();
        var document = _project.Solution.GetDocument(diagnostic.Location.SourceTree)!;
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), Token));
        return offered;
    }

    private async Task<ImmutableArray<string>> ApplyAsync(CodeAction action, int? stays)
    {
        var operations = await action.GetOperationsAsync(Token);
        var changed = Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution.GetProject(_project.Id)!;

        // Compare the text of a file, not the nodes that the fix made it of.
        foreach (var id in changed.DocumentIds)
            changed = changed.GetDocument(id)!.WithText(
                Microsoft.CodeAnalysis.Text.SourceText.From((await changed.GetDocument(id)!.GetTextAsync(Token)).ToString()))
                .Project;
        var compilation = await changed.GetCompilationAsync(Token);
        Assert.DoesNotContain(compilation!.GetDiagnostics(Token), static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (stays is { } count)
            Assert.Equal(count, (await DiagnoseAsync(changed)).Length);

        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var document in changed.Documents.Skip(1))
            texts.Add((await document.GetTextAsync(Token)).ToString());
        return texts.ToImmutable();
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnoseAsync(Project project)
    {
        var compilation = await project.GetCompilationAsync(Token);
        var diagnostics = await compilation!.WithAnalyzers([new TAnalyzer()], project.AnalyzerOptions).GetAnalyzerDiagnosticsAsync(Token);
        var fixable = new TFix().FixableDiagnosticIds;
        return
        [
            .. diagnostics.Where(diagnostic => fixable.Contains(diagnostic.Id))
                .OrderBy(static diagnostic => diagnostic.Location.SourceTree!.FilePath)
                .ThenBy(static diagnostic => diagnostic.Location.SourceSpan.Start),
        ];
    }

    /// <summary>Passes the known diagnostics to the fix.</summary>
    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(
            Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return diagnostics.Where(diagnostic => diagnostic.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
