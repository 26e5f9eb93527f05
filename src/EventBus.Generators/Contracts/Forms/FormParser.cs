using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace EventBus.Generators.Contracts.Forms;

/// <summary>Reads the text of an event's form back.</summary>
internal sealed class FormParser
{
    private const int MaxDepth = 256;

    private readonly string _text;
    private int _position;
    private int _depth;

    private FormParser(string text) => _text = text;

    /// <summary>The form that the text describes; null if it describes none.</summary>
    public static EventForm? TryParse(string text)
    {
        try
        {
            return new FormParser(text).Event();
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private EventForm Event()
    {
        var busNamespace = Name(inNamespace: true);
        Expect(" ");
        var name = Name();
        var parameters = Sequence("(", ")", Named);
        var ack = Take(" -> ") ? Type() : null;
        return _position == _text.Length ? new EventForm(busNamespace, name, parameters, ack) : throw new FormatException();
    }

    private NamedForm Named()
    {
        var name = Name();
        var isOptional = Take("?");
        Expect(": ");
        return new NamedForm(name, isOptional, Type());
    }

    private TypeForm Type()
    {
        if (++_depth > MaxDepth)
            throw new FormatException();
        var type = Strict();
        _depth--;
        return Take("?") ? new TypeForm.Nullable(type) : type;
    }

    private TypeForm Strict()
    {
        if (Next == '{')
            return new TypeForm.Object(Sequence("{", "}", Named));
        if (Next == '(')
            return new TypeForm.Tuple(Sequence("(", ")", Type));
        if (Take("["))
        {
            var element = Type();
            Expect("]");
            return new TypeForm.List(element);
        }

        if (Take("^"))
            return new TypeForm.Cycle(Levels());
        if (Take("enum("))
        {
            _position--;
            return new TypeForm.Names(Sequence("(", ")", () => Name()));
        }

        if (Take("map("))
        {
            _position--;
            var parts = Sequence("(", ")", Type);
            return parts.Length == 2 ? new TypeForm.Map(parts[0], parts[1]) : throw new FormatException();
        }

        if (Take("custom("))
        {
            var formatter = Name();
            Expect(")");
            return new TypeForm.Custom(formatter);
        }

        return Take("union(") ? Union() : new TypeForm.Word(FormText.Quote(Name()));
    }

    private TypeForm.Union Union()
    {
        var key = Name();
        var cases = ImmutableArray.CreateBuilder<NamedForm>();
        while (Take(", "))
            cases.Add(Named());
        Expect(")");
        return new TypeForm.Union(key, cases.ToImmutable());
    }

    private int Levels() => int.TryParse(Name(), NumberStyles.None, CultureInfo.InvariantCulture, out var levels)
        ? levels
        : throw new FormatException();

    private ImmutableArray<T> Sequence<T>(string open, string close, Func<T> item)
    {
        Expect(open);
        var items = ImmutableArray.CreateBuilder<T>();
        if (Take(close))
            return [];
        do
            items.Add(item());
        while (Take(", "));
        Expect(close);
        return items.ToImmutable();
    }

    private string Name(bool inNamespace = false)
    {
        if (Take("\""))
            return Quoted();
        var start = _position;
        while (FormText.IsPlain(Next) || (inNamespace && Next == '/'))
            _position++;
        return _position > start ? _text.Substring(start, _position - start) : throw new FormatException();
    }

    private string Quoted()
    {
        var name = new StringBuilder();
        while (!Take("\""))
        {
            if (Take("\\u"))
            {
                var digits = _position + 4 <= _text.Length ? _text.Substring(_position, 4) : "";
                name.Append((char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                _position += 4;
                continue;
            }

            Take("\\");
            name.Append(Next != '\0' ? Next : throw new FormatException());
            _position++;
        }

        return name.ToString();
    }

    private char Next => _position < _text.Length ? _text[_position] : '\0';

    private bool Take(string part)
    {
        if (string.CompareOrdinal(_text, _position, part, 0, part.Length) != 0)
            return false;
        _position += part.Length;
        return true;
    }

    private void Expect(string part)
    {
        if (!Take(part))
            throw new FormatException();
    }
}
