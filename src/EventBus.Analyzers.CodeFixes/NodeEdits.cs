using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Edits of nodes in any files of a solution, at most one for each node, and the namespaces that they need.</summary>
internal sealed class NodeEdits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _edits = [];
    private readonly HashSet<(SyntaxTree Tree, string Namespace)> _usings = [];
    private readonly Dictionary<SyntaxNode, long> _limits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Adds the edit of a node. It replaces an earlier edit of the same node.</summary>
    public void Set<TNode>(TNode node, Func<TNode, SyntaxNode> edit)
        where TNode : SyntaxNode
        => _edits[node] = current => edit((TNode)current);

    /// <summary>Whether to set this limit on a node: the lowest limit wins.</summary>
    public bool TryLimit(SyntaxNode node, long length)
    {
        if (_limits.TryGetValue(node, out var known) && known <= length)
            return false;
        _limits[node] = length;
        return true;
    }

    /// <summary>Imports the namespace of a type, unless the simple name of the type already refers to it at the node.</summary>
    public void Import(SemanticModel model, SyntaxNode node, string ns, string typeName)
    {
        var found = model.LookupNamespacesAndTypes(node.SpanStart, name: typeName);
        if (!found.Any(symbol => symbol.ContainingNamespace?.ToDisplayString() == ns))
            _usings.Add((node.SyntaxTree, ns));
    }

    public async Task<Solution> ApplyAsync(Solution solution, CancellationToken cancellationToken)
    {
        foreach (var file in _edits.Keys.GroupBy(static node => node.SyntaxTree).ToList())
        {
            if (solution.GetDocumentId(file.Key) is not { } id)
                continue;
            var root = await file.Key.GetRootAsync(cancellationToken).ConfigureAwait(false);
            root = root.ReplaceNodes(file, (original, current) => _edits[original](current));
            foreach (var (_, ns) in _usings.Where(use => use.Tree == file.Key))
                root = UsingDirectives.Add((CompilationUnitSyntax)root, ns);
            solution = solution.WithDocumentSyntaxRoot(id, root);
        }

        return solution;
    }
}
