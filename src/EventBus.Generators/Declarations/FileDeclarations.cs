using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Declarations;

/// <summary>
/// The declarations of one file, to be compared with those of an edited one. The digest is made only if the file is edited, so a build from
/// the command line makes none.
/// </summary>
internal sealed class FileDeclarations
{
    private static readonly ConditionalWeakTable<SyntaxTree, FileDeclarations> Known = new();

    private readonly object _options;
    private readonly WeakReference<SyntaxTree> _tree;
    private string? _digest;

    private FileDeclarations(SyntaxTree tree)
    {
        _options = Identity.Of(tree.Options);
        _tree = new WeakReference<SyntaxTree>(tree);
    }

    // Null if the file is gone. The driver keeps the last compilation, so a file is there when its edited one comes.
    private string? Digest
    {
        get
        {
            if (_digest is null && _tree.TryGetTarget(out var tree))
                _digest = DeclarationDigest.Of(tree);
            return _digest;
        }
    }

    /// <summary>The declarations of a file, which are the same object for the same tree.</summary>
    public static FileDeclarations Of(SyntaxTree tree) => Known.GetValue(tree, static tree => new FileDeclarations(tree));

    /// <summary>Whether both files declare the same, as far as that is known.</summary>
    public bool Declares(FileDeclarations other) =>
        ReferenceEquals(this, other) || (_options == other._options && Digest is { } digest && digest == other.Digest);
}
