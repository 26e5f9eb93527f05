using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace EventBus.Analyzers.Locking;

/// <summary>One of the two files of a contract lock, as it is read: what each line says, and where.</summary>
internal sealed class LockFile
{
    public const string Shipped = "Events.Shipped.txt";

    public const string Unshipped = "Events.Unshipped.txt";

    /// <summary>Marks a line of the unshipped file as taking back one of the shipped file.</summary>
    public const string Removed = "*REMOVED*";

    private LockFile(string path, SourceText text)
    {
        Path = path;
        Lines = [.. text.Lines.Select(line => LockLine.Parse(this, text, line)).Where(static line => line is not null).Select(static line => line!)];
    }

    public string Path { get; }

    public ImmutableArray<LockLine> Lines { get; }

    public bool IsUnshipped => HasName(Path, Unshipped);

    /// <summary>Null where the file is no part of a contract lock.</summary>
    public static LockFile? TryRead(AdditionalText file, CancellationToken cancellationToken) =>
        (HasName(file.Path, Shipped) || HasName(file.Path, Unshipped)) && file.GetText(cancellationToken) is { } text ? new LockFile(file.Path, text) : null;

    public static bool HasName(string path, string name) => string.Equals(System.IO.Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);
}
