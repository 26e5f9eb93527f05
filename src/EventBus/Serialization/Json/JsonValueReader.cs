using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace EventBus.Serialization;

/// <summary>
/// Reads values from JSON text: strict RFC 8259 in well-formed UTF-8. Escapes of lone surrogates are allowed, as JavaScript writes them.
/// </summary>
internal ref struct JsonValueReader : IValueReader
{
    // Fewer digits always fit 64 bits.
    private const int DigitsThatFit = 18;

    private readonly ReadOnlySpan<byte> _bytes; // from the start of the value
    private readonly int _start;
    private Utf8JsonReader _reader;
    private byte[]? _unescaped;
    private bool _isConsumed;

    /// <summary>Starts to read one value.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="start">The position at which the value starts.</param>
    /// <param name="depth">The number of arrays and maps around the value, which count towards the limit.</param>
    /// <exception cref="EventSerializationException">There is no value, or the text is not UTF-8.</exception>
    public JsonValueReader(ReadOnlySpan<byte> bytes, int start = 0, int depth = 0)
    {
        if (!Utf8.IsValid(bytes))
            throw new EventSerializationException("The JSON text is not well-formed UTF-8.", Utf8Text.FirstIllFormed(bytes));
        _start = start;
        _bytes = bytes[start..];
        _reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { MaxDepth = SerializationLimits.MaxDepth - depth });
        Advance();
    }

    public readonly int Position => _start + (int)(_isConsumed ? _reader.BytesConsumed : _reader.TokenStartIndex);

    public readonly ValueKind Kind => _reader.TokenType switch
    {
        _ when _isConsumed => throw NoValue(),
        JsonTokenType.Null => ValueKind.Null,
        JsonTokenType.True or JsonTokenType.False => ValueKind.Boolean,
        JsonTokenType.Number => IsInteger(_reader.ValueSpan) ? ValueKind.Integer : ValueKind.Float,
        JsonTokenType.String => ValueKind.String,
        JsonTokenType.StartArray => ValueKind.Array,
        JsonTokenType.StartObject => ValueKind.Map,
        _ => throw NoValue(),
    };

    public bool TryReadNull()
    {
        if (_reader.TokenType != JsonTokenType.Null || _isConsumed)
            return false;
        _isConsumed = true;
        return true;
    }

    public bool ReadBoolean()
    {
        var value = _reader.TokenType == JsonTokenType.True;
        Take(value ? JsonTokenType.True : JsonTokenType.False, "a boolean");
        return value;
    }

    public long ReadInt64()
    {
        var text = TakeNumber("an integer");
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        return ExactNumber.TryParseInteger(text, out Int128 integer) && integer >= long.MinValue && integer <= long.MaxValue
            ? (long)integer
            : throw OutOfRange("an integer between -2^63 and 2^63-1");
    }

    public ulong ReadUInt64()
    {
        var text = TakeNumber("an integer");
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return value;
        return ExactNumber.TryParseInteger(text, out Int128 integer) && integer >= 0 && integer <= ulong.MaxValue
            ? (ulong)integer
            : throw OutOfRange("an integer between 0 and 2^64-1");
    }

    public double ReadDouble()
    {
        var value = double.Parse(TakeNumber("a number"), NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value) ? value : throw OutOfRange("within the range of a double");
    }

    public float ReadSingle()
    {
        var value = float.Parse(TakeNumber("a number"), NumberStyles.Float, CultureInfo.InvariantCulture);
        return float.IsFinite(value) ? value : throw OutOfRange("within the range of a single");
    }

    public decimal ReadDecimal() =>
        ExactNumber.TryParseDecimal(TakeNumberOrText(), out var value) ? value : throw OutOfRange("one that a decimal holds exactly");

    public BigInteger ReadBigInteger() =>
        ExactNumber.TryParseInteger(TakeNumberOrText(), out BigInteger value) ? value : throw OutOfRange("an integer");

    public ReadOnlySpan<byte> ReadNumber() => TakeNumber("a number");

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public ReadOnlySpan<byte> ReadUtf8()
    {
        Take(JsonTokenType.String, "text");
        return Unescape();
    }

    public readonly ReadOnlySpan<byte> ReadBinary() => throw Expected("binary");

    public DateTime ReadTimestamp()
    {
        var position = Position;
        return TimestampText.TryParse(ReadUtf8(), out var utc)
            ? utc
            : throw new EventSerializationException("The text is not an ISO 8601 point in time between the years 1 and 9999.", position);
    }

    public ValueCursor BeginArray()
    {
        Take(JsonTokenType.StartArray, "an array");
        return new ValueCursor { Remaining = ValueCursor.UntilEnd };
    }

    public ValueCursor BeginMap()
    {
        Take(JsonTokenType.StartObject, "a map");
        return new ValueCursor { Remaining = ValueCursor.UntilEnd };
    }

    public bool MoveNext(ref ValueCursor cursor)
    {
        Advance();
        if (_reader.TokenType is not (JsonTokenType.EndArray or JsonTokenType.EndObject))
            return true;
        _isConsumed = true;
        cursor.Remaining = ValueCursor.Left;
        return false;
    }

    public ReadOnlySpan<byte> ReadKey()
    {
        Take(JsonTokenType.PropertyName, "a key");
        var key = Unescape();
        Advance();
        return key;
    }

    public void Skip()
    {
        if (_isConsumed || _reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.EndArray or JsonTokenType.EndObject)
            throw NoValue();
        try
        {
            _reader.Skip();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }

        _isConsumed = true;
    }

    /// <summary>Checks that nothing but white space follows the value.</summary>
    /// <exception cref="EventSerializationException">Other bytes follow the value.</exception>
    public void EnsureEnd()
    {
        try
        {
            if (_reader.Read())
                throw new EventSerializationException("The JSON value is followed by something.", _start + (int)_reader.TokenStartIndex);
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }
    }

    private void Advance()
    {
        try
        {
            _reader.Read();
        }
        catch (JsonException exception)
        {
            throw Malformed(exception);
        }

        _isConsumed = false;
    }

    private void Take(JsonTokenType type, string expected)
    {
        if (_reader.TokenType != type || _isConsumed)
            throw Expected(expected);
        _isConsumed = true;
    }

    private ReadOnlySpan<byte> TakeNumber(string expected)
    {
        Take(JsonTokenType.Number, expected);
        return _reader.ValueSpan;
    }

    private ReadOnlySpan<byte> TakeNumberOrText() =>
        _reader.TokenType == JsonTokenType.String ? ReadUtf8() : TakeNumber("a number, or text with one");

    private ReadOnlySpan<byte> Unescape()
    {
        var text = _reader.ValueSpan;
        if (!_reader.ValueIsEscaped)
            return text;
        if (_unescaped is null || _unescaped.Length < text.Length)
            _unescaped = new byte[text.Length];
        return _unescaped.AsSpan(0, JsonText.Unescape(text, _unescaped));
    }

    private static bool IsInteger(ReadOnlySpan<byte> number)
    {
        if (number.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            return false;
        return number.Length <= DigitsThatFit
            || long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _)
            || ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _);
    }

    private readonly EventSerializationException Expected(string expected)
    {
        var found = _isConsumed ? "nothing more" : _reader.TokenType switch
        {
            JsonTokenType.Null => "null",
            JsonTokenType.True or JsonTokenType.False => "a boolean",
            JsonTokenType.Number => "a number",
            JsonTokenType.String => "text",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.StartObject => "a map",
            JsonTokenType.PropertyName => "a key",
            _ => "nothing more",
        };
        return new EventSerializationException($"Expected {expected}, found {found}.", Position);
    }

    private readonly EventSerializationException NoValue() => Expected("a value");

    private readonly EventSerializationException OutOfRange(string expected) =>
        new($"The number is not {expected}.", _start + (int)_reader.TokenStartIndex);

    // The exception has the line and the byte in the line.
    private readonly EventSerializationException Malformed(JsonException exception)
    {
        var lineStart = 0;
        for (var line = exception.LineNumber ?? 0; line > 0; line--)
            lineStart += _bytes[lineStart..].IndexOf((byte)'\n') + 1;
        var position = _start + lineStart + (int)(exception.BytePositionInLine ?? 0);

        // The message ends with the line and the byte, too, counted from the start of the value.
        var text = exception.Message;
        var end = text.IndexOf(" LineNumber: ", StringComparison.Ordinal);
        return new EventSerializationException($"The JSON is malformed: {(end < 0 ? text : text[..end])}", position, exception);
    }
}
