using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Analyzers.CodeFixes;

/// <summary>Changes to nodes of any files of a solution, each node once, and the namespaces that they need.</summary>
internal sealed class NodeEdits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _edits = [];
    private readonly HashSet<(SyntaxTree Tree, string Namespace)> _usings = [];

    private readonly Dictionary<SyntaxNode, long> _limits = [];

    public bool IsEmpty => _edits.Count == 0;

    /// <summary>Changes a node; a later change of the same node takes the place of the earlier one.</summary>
    public void Set<TNode>(TNode node, Func<TNode, SyntaxNode> edit)
        where TNode : SyntaxNode
        => _edits[node] = current => edit((TNode)current);

    /// <summary>Whether a node's limit is to be set: the lowest that is asked for holds.</summary>
    public bool TryLimit(SyntaxNode node, long length)
    {
        if (_limits.TryGetValue(node, out var known) && known <= length)
            return false;
        _limits[node] = length;
        return true;
    }

    /// <summary>Makes a type's simple name mean that type where the node stands.</summary>
    public void Import(SemanticModel model, SyntaxNode node, string ns, string typeName)
    {
        if (!model.LookupNamespacesAndTypes(node.SpanStart, name: typeName).Any(found => found.ContainingNamespace?.ToDisplayString() == ns))
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
