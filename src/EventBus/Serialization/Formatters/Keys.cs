using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace EventBus.Serialization;

/// <summary>Keys that are text.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StringKeyFormatter : IKeyFormatter<string>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, string key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(key);

    /// <inheritdoc/>
    public string ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Encoding.UTF8.GetString(reader.ReadKey());
}

/// <summary>Keys that are a <see cref="Guid"/>, in its form "D".</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct GuidKeyFormatter : IKeyFormatter<Guid>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, Guid key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[ShortText.MaxLength];
        key.TryFormat(text, out var length);
        writer.WriteKey(text[..length]);
    }

    /// <inheritdoc/>
    public Guid ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return GuidText.TryParse(reader.ReadKey(), out var key) ? key : throw GuidText.Malformed(position);
    }
}

/// <summary>Keys that are an integer, in digits.</summary>
/// <typeparam name="T">The type of integer.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct IntegerKeyFormatter<T> : IKeyFormatter<T>
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, T key)
        where TWriter : IValueWriter, allows ref struct
    {
        Span<byte> text = stackalloc byte[ShortText.MaxLength];
        key.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteKey(text[..length]);
    }

    /// <inheritdoc/>
    public T ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return T.TryParse(reader.ReadKey(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var key)
            ? key
            : throw new EventSerializationException($"The key is not an integer between {T.MinValue} and {T.MaxValue}.", position);
    }
}

/// <summary>Keys that are an enum, by name; a number if there is no name. Reads numbers too.</summary>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumKeyFormatter<T> : IKeyFormatter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, T key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(key.ToString());

    /// <inheritdoc/>
    public T ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return EnumName<T>.Parse(reader.ReadKey(), position);
    }
}

/// <summary>
/// Keys that are an enum, by the names of their attributes; a number if there is no name. Reads numbers and C# names, too.
/// </summary>
/// <typeparam name="T">The enum.</typeparam>
/// <typeparam name="TNames">The names.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct EnumKeyFormatter<T, TNames> : IKeyFormatter<T>
    where T : struct, Enum
    where TNames : struct, IEnumNames<T>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, T key)
        where TWriter : IValueWriter, allows ref struct
    {
        var name = default(TNames).NameOf(key);
        if (name.IsEmpty)
            writer.WriteKey(key.ToString("D"));
        else
            writer.WriteKey(name);
    }

    /// <inheritdoc/>
    public T ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return GivenEnumName<T, TNames>.Parse(reader.ReadKey(), position);
    }
}
