using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>EVB1040, EVB1041, EVB1042: records an accepted change in the contract lock.</summary>
[ExportCodeFixProvider(
    LanguageNames.CSharp,
    DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)],
    DocumentExtensions = [".cs", ".txt"])]
[Shared]
public sealed class LockCodeFix : CodeFixProvider
{
    private const string Title = "Record the change in the contract lock";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        [DiagnosticIds.EventChanged, DiagnosticIds.EventRemoved, DiagnosticIds.EventNotRecorded];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => new FixAll();

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        foreach (var diagnostic in context.Diagnostics)
        {
            var action = CodeAction.Create(Title, token => LockEdit.ApplyAsync(project, [diagnostic], token), Title);
            context.RegisterCodeFix(action, diagnostic);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// Records all changes of a project, or of each project of the solution, at once. <c>dotnet format</c> uses the scope of the solution.
    /// </summary>
    private sealed class FixAll : FixAllProvider
    {
        public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

        public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
        {
            var (before, after) = (fixAllContext.Solution, fixAllContext.Solution);
            foreach (var id in fixAllContext.Scope == FixAllScope.Solution ? before.ProjectIds : [fixAllContext.Project.Id])
            {
                var diagnostics = await fixAllContext.GetAllDiagnosticsAsync(before.GetProject(id)!).ConfigureAwait(false);
                if (diagnostics.IsEmpty)
                    continue;
                var project = after.GetProject(id)!;
                after = await LockEdit.ApplyAsync(project, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
            }

            return after == before ? null : CodeAction.Create(Title, _ => Task.FromResult(after), Title);
        }
    }
}
