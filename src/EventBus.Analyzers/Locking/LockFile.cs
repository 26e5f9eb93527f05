using System.Collections.Immutable;
using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace EventBus.Analyzers.Locking;

/// <summary>One of the two files of a contract lock, with the meaning and the location of each line.</summary>
internal sealed class LockFile
{
    public const string Shipped = "Events.Shipped.txt";

    public const string Unshipped = "Events.Unshipped.txt";

    /// <summary>Marks a line of the unshipped file that takes back a line of the shipped file.</summary>
    public const string Removed = "*REMOVED*";

    private LockFile(string path, SourceText text)
    {
        Path = path;
        Lines = [.. text.Lines.Select(line => LockLine.Parse(this, text, line)).OfType<LockLine>()];
    }

    public string Path { get; }

    public ImmutableArray<LockLine> Lines { get; }

    public bool IsUnshipped => HasName(Path, Unshipped);

    /// <summary>Null if the file is no part of a contract lock.</summary>
    public static LockFile? TryRead(AdditionalText file, CancellationToken cancellationToken) =>
        (HasName(file.Path, Shipped) || HasName(file.Path, Unshipped)) && file.GetText(cancellationToken) is { } text
            ? new LockFile(file.Path, text)
            : null;

    public static bool HasName(string path, string name) =>
        string.Equals(System.IO.Path.GetFileName(path), name, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One line of a contract lock.</summary>
internal sealed class LockLine
{
    private LockLine(LockFile file, Location location, string text)
    {
        File = file;
        Location = location;
        IsRemoved = text.StartsWith(LockFile.Removed, StringComparison.Ordinal);
        Text = IsRemoved ? text.Substring(LockFile.Removed.Length) : text;
        Form = FormParser.TryParse(Text);
    }

    public LockFile File { get; }

    public Location Location { get; }

    /// <summary>The event, without the mark that takes it back.</summary>
    public string Text { get; }

    /// <summary>Null if the line is not the form of an event.</summary>
    public EventForm? Form { get; }

    public bool IsRemoved { get; }

    /// <summary>Null for an empty line or a comment.</summary>
    public static LockLine? Parse(LockFile file, SourceText text, TextLine line)
    {
        var content = line.ToString().Trim();
        return content.Length == 0 || content[0] == '#'
            ? null
            : new LockLine(file, Location.Create(file.Path, line.Span, text.Lines.GetLinePositionSpan(line.Span)), content);
    }
}
