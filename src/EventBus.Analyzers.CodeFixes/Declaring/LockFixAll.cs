using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes.Declaring;

/// <summary>Records all changes of a project in its contract lock at once.</summary>
internal sealed class LockFixAll : FixAllProvider
{
    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Project];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var diagnostics = await fixAllContext.GetAllDiagnosticsAsync(fixAllContext.Project).ConfigureAwait(false);
        return diagnostics.IsEmpty
            ? null
            : CodeAction.Create(LockCodeFix.Title, token => LockEdit.ApplyAsync(fixAllContext.Project, diagnostics, token), LockCodeFix.Title);
    }
}
