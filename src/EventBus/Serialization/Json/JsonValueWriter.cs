using System.Globalization;

namespace EventBus.Serialization;

/// <summary>Writes values as JSON, with the same bytes as <c>JSON.stringify</c>.</summary>
/// <param name="buffer">The output.</param>
/// <param name="depth">How many arrays and maps are open in the buffer already. They count towards the greatest depth.</param>
internal ref struct JsonValueWriter(PooledBuffer buffer, int depth = 0) : IValueWriter
{
    private const int MaxIntegerLength = 20;

    private readonly PooledBuffer _buffer = buffer;
    private bool _needsComma;
    private long _binaryBytes;
    private int _depth = depth;

    /// <summary>Whether it rejects numbers that have no form in MessagePack, to find their place.</summary>
    public bool RejectsInlineNumbers { private get; init; }

    /// <summary>Whether binary was written. JSON has no form for it, so the text must not be used.</summary>
    public bool MetBinary { readonly get; private set; }


    public readonly int BytesWritten => _buffer.Length;

    public void WriteNull() => WriteLiteral("null"u8);

    public void WriteBoolean(bool value) => WriteLiteral(value ? "true"u8 : "false"u8);

    public void WriteInteger(long value)
    {
        BeginValue();
        value.TryFormat(_buffer.GetSpan(MaxIntegerLength), out var written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }

    public void WriteInteger(ulong value)
    {
        BeginValue();
        value.TryFormat(_buffer.GetSpan(MaxIntegerLength), out var written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }

    public void WriteSingle(float value)
    {
        if (!float.IsFinite(value))
        {
            WriteNull();
            return;
        }

        BeginValue();
        _buffer.Advance(EcmaScriptNumber.Format(value, _buffer.GetSpan(EcmaScriptNumber.MaxLength)));
    }

    public void WriteDouble(double value)
    {
        if (!double.IsFinite(value))
        {
            WriteNull();
            return;
        }

        BeginValue();
        _buffer.Advance(EcmaScriptNumber.Format(value, _buffer.GetSpan(EcmaScriptNumber.MaxLength)));
    }

    public void WriteNumber(scoped ReadOnlySpan<byte> text)
    {
        if (RejectsInlineNumbers)
            MessagePackNumber.Parse(text);
        JsonNumber.EnsureValid(text);
        JsonNumber.EnsureFinite(text);
        WriteLiteral(text);
    }

    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        BeginValue();
        WriteQuoted(value);
    }

    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        BeginValue();
        WriteQuoted(value);
    }

    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        MetBinary = true;

        // JSON is written first, so nothing is copied yet.
        _binaryBytes += value.Length;
        if (_binaryBytes > EventBusDefaults.MaxMessageBytes)
            throw SerializationLimits.TooMuchBinary(_binaryBytes);
        WriteNull();
    }

    public void WriteTimestamp(DateTime utc)
    {
        BeginValue();
        WriteByte('"');
        _buffer.Advance(TimestampText.Format(utc, _buffer.GetSpan(TimestampText.MaxLength)));
        WriteByte('"');
    }

    public void BeginArray(int count) => Begin('[');

    public void EndArray() => End(']');

    public void BeginMap(int count) => Begin('{');

    public void EndMap() => End('}');

    public void WriteKey(scoped ReadOnlySpan<byte> utf8)
    {
        BeginValue();
        WriteQuoted(utf8);
        EndKey();
    }

    public void WriteKey(scoped ReadOnlySpan<char> text)
    {
        BeginValue();
        WriteQuoted(text);
        EndKey();
    }

    private void Begin(char bracket)
    {
        BeginValue();
        if (++_depth > SerializationLimits.MaxDepth)
            throw SerializationLimits.TooDeep();
        WriteByte(bracket);
        _needsComma = false;
    }

    private void End(char bracket)
    {
        _depth--;
        WriteByte(bracket);
        _needsComma = true;
    }

    private void EndKey()
    {
        WriteByte(':');
        _needsComma = false;
    }

    private void BeginValue()
    {
        if (_needsComma)
            WriteByte(',');
        _needsComma = true;
    }

    private void WriteLiteral(scoped ReadOnlySpan<byte> literal)
    {
        BeginValue();
        _buffer.Write(literal);
    }

    private readonly void WriteQuoted(scoped ReadOnlySpan<char> text)
    {
        WriteByte('"');
        JsonText.Write(_buffer, text);
        WriteByte('"');
    }

    private readonly void WriteQuoted(scoped ReadOnlySpan<byte> utf8)
    {
        WriteByte('"');
        JsonText.Write(_buffer, utf8);
        WriteByte('"');
    }

    private readonly void WriteByte(char character) => _buffer.Append(1)[0] = (byte)character;
}
