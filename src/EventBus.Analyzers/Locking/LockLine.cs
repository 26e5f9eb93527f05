using EventBus.Generators.Contracts.Forms;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace EventBus.Analyzers.Locking;

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

    /// <summary>Null where the line says nothing that can be understood.</summary>
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
