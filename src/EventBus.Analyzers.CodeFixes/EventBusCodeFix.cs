using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>The fix of one rule: one place or all are mended in the same way, in whatever files they are.</summary>
public abstract class EventBusCodeFix : CodeFixProvider
{
    private protected EventBusCodeFix(string id, string title)
    {
        Title = title;
        FixableDiagnosticIds = [id];
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    internal string Title { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new FixAll(this);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var solution = context.Document.Project.Solution;
        foreach (var diagnostic in context.Diagnostics)
        {
            var edits = await EditAsync(solution, [diagnostic], context.CancellationToken).ConfigureAwait(false);
            if (!edits.IsEmpty)
                context.RegisterCodeFix(CodeAction.Create(Title, token => edits.ApplyAsync(solution, token), Title), diagnostic);
        }
    }

    /// <summary>All that is to be changed for these diagnostics.</summary>
    internal async Task<NodeEdits> EditAsync(Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var edits = new NodeEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree && solution.GetDocument(tree) is { } document)
                await EditAsync(document, diagnostic, edits, cancellationToken).ConfigureAwait(false);
        }

        return edits;
    }

    /// <summary>Adds what is to be changed for one diagnostic; nothing where it cannot be mended mechanically.</summary>
    private protected abstract Task EditAsync(Document document, Diagnostic diagnostic, NodeEdits edits, CancellationToken cancellationToken);
}
