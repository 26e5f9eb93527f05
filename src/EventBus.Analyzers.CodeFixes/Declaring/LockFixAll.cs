using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>Records all changes of a project, or of each project of the solution, in its contract lock at once. <c>dotnet format</c> asks for the solution.</summary>
internal sealed class LockFixAll : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var (before, after) = (fixAllContext.Solution, fixAllContext.Solution);
        foreach (var id in fixAllContext.Scope == FixAllScope.Solution ? before.ProjectIds : [fixAllContext.Project.Id])
        {
            var diagnostics = await fixAllContext.GetAllDiagnosticsAsync(before.GetProject(id)!).ConfigureAwait(false);
            if (!diagnostics.IsEmpty)
                after = await LockEdit.ApplyAsync(after.GetProject(id)!, diagnostics, fixAllContext.CancellationToken).ConfigureAwait(false);
        }

        return after == before ? null : CodeAction.Create(LockCodeFix.Title, _ => Task.FromResult(after), LockCodeFix.Title);
    }
}
