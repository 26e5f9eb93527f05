using System.Runtime.CompilerServices;
using System.Text;

namespace EventBus.Generators.Rendering;

/// <summary>
/// A template of source code: a raw string whose holes may hold several lines, all of which get the indentation of the hole. A line that
/// consists of an empty hole is left out.
/// </summary>
[InterpolatedStringHandler]
internal ref struct SourceTemplate
{
    private readonly StringBuilder _text;
    private bool _afterEmptyHole;

    public SourceTemplate(int literalLength, int formattedCount) => _text = new StringBuilder(literalLength + (formattedCount * 64));

    /// <summary>Renders a template; lines end with <c>\n</c> on every machine.</summary>
    public static string Render(SourceTemplate template) => template._text.ToString();

    public void AppendLiteral(string literal)
    {
        var text = literal.Replace("\r\n", "\n");
        var start = _afterEmptyHole && text.StartsWith("\n", StringComparison.Ordinal) && TryDropBlankLine() ? 1 : 0;
        _afterEmptyHole = false;
        _text.Append(text, start, text.Length - start);
    }

    public readonly void AppendFormatted(int number) => _text.Append(number);

    public void AppendFormatted(string? source)
    {
        _afterEmptyHole = string.IsNullOrEmpty(source);
        var indentation = CurrentIndentation();
        var isFirst = true;
        foreach (var line in (source ?? "").Split('\n'))
        {
            if (!isFirst)
                _text.Append('\n').Append(line.Length == 0 ? "" : indentation);
            _text.Append(line);
            isFirst = false;
        }
    }

    /// <summary>Appends lines or blocks, one below the other.</summary>
    public void AppendFormatted(IEnumerable<string> blocks) => AppendFormatted(string.Join("\n", blocks));

    private readonly string CurrentIndentation()
    {
        var lineStart = LineStart();
        var end = lineStart;
        while (end < _text.Length && _text[end] == ' ')
            end++;
        return _text.ToString(lineStart, end - lineStart);
    }

    private readonly int LineStart()
    {
        var start = _text.Length;
        while (start > 0 && _text[start - 1] != '\n')
            start--;
        return start;
    }

    private readonly bool TryDropBlankLine()
    {
        var start = LineStart();
        if (CurrentIndentation().Length != _text.Length - start)
            return false;
        _text.Length = start;
        return true;
    }
}
