using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>The fix of one rule. It collects edits for one diagnostic or for all, in any files, and applies them at once.</summary>
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

    /// <summary>The edits that fix these diagnostics.</summary>
    internal async Task<NodeEdits> EditAsync(Solution solution, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var edits = new NodeEdits();
        foreach (var diagnostic in diagnostics)
        {
            if (await FixPlace.FindAsync(solution, diagnostic, cancellationToken).ConfigureAwait(false) is { } place)
                await EditAsync(place, edits, cancellationToken).ConfigureAwait(false);
        }

        return edits;
    }

    /// <summary>Adds the edits that fix one diagnostic; none if there is no mechanical fix.</summary>
    private protected abstract Task EditAsync(FixPlace place, NodeEdits edits, CancellationToken cancellationToken);
}

/// <summary>The place of a diagnostic: the innermost node at its location, with its document and semantic model.</summary>
internal sealed record FixPlace(Document Document, Diagnostic Diagnostic, SyntaxNode Node, SemanticModel Model)
{
    public Solution Solution => Document.Project.Solution;

    /// <summary>Null if the location is not in the source of the solution.</summary>
    public static async Task<FixPlace?> FindAsync(Solution solution, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (diagnostic.Location.SourceTree is not { } tree || solution.GetDocument(tree) is not { } document)
            return null;
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        var model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        return root is null || model is null
            ? null
            : new FixPlace(document, diagnostic, root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), model);
    }

    /// <summary>The symbol that the node declares; null if it is of another kind.</summary>
    public TSymbol? Declared<TSymbol>(CancellationToken cancellationToken)
        where TSymbol : class, ISymbol
        => Model.GetDeclaredSymbol(Node, cancellationToken) as TSymbol;
}
