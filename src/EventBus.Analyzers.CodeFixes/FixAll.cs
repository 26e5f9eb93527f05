using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Fixes all diagnostics of a file, a project or the solution at once.</summary>
internal sealed class FixAll(EventBusCodeFix fix) : FixAllProvider
{
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var solution = fixAllContext.Solution;
        var diagnostics = await FindAsync(fixAllContext).ConfigureAwait(false);
        var edits = await fix.EditAsync(solution, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
        return edits.IsEmpty ? null : CodeAction.Create(fix.Title, token => edits.ApplyAsync(solution, token), fix.Title);
    }

    private static async Task<ImmutableArray<Diagnostic>> FindAsync(FixAllContext context)
    {
        if (context is { Scope: FixAllScope.Document, Document: { } document })
            return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
        if (context.Scope == FixAllScope.Project)
            return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);

        var all = ImmutableArray<Diagnostic>.Empty;
        foreach (var project in context.Solution.Projects)
            all = all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
        return all;
    }
}
