using System.Buffers.Text;
using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>Booleans.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BooleanFormatter : IFormatter<bool>, IKeyFormatter<bool>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in bool value)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteBoolean(value);

    /// <inheritdoc/>
    public bool Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.ReadBoolean();

    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, bool key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(key ? "true"u8 : "false"u8);

    /// <inheritdoc/>
    public bool ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        // System.Text.Json writes such a key in upper case: True.
        var position = reader.Position;
        var text = reader.ReadKey();
        return Utf8Parser.TryParse(text, out bool key, out var length) && length == text.Length
            ? key
            : throw new EventSerializationException("The key is neither true nor false.", position);
    }
}

/// <summary>Nullable values.</summary>
/// <typeparam name="T">The type without null.</typeparam>
/// <typeparam name="TFormatter">The formatter of the type without null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableFormatter<T, TFormatter> : IFormatter<T?>
    where T : struct
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T? value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (value is { } present)
            default(TFormatter).Write(ref writer, in present);
        else
            writer.WriteNull();
    }

    /// <inheritdoc/>
    public T? Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? null : default(TFormatter).Read(ref reader);
}

/// <summary>References that may be null.</summary>
/// <typeparam name="T">The type without null.</typeparam>
/// <typeparam name="TFormatter">The formatter of the type without null.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct NullableReferenceFormatter<T, TFormatter> : IFormatter<T?>
    where T : class
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T? value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (value is { } present)
            default(TFormatter).Write(ref writer, in present);
        else
            writer.WriteNull();
    }

    /// <inheritdoc/>
    public T? Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? null : default(TFormatter).Read(ref reader);
}

/// <summary>The error for a null whose type does not allow it.</summary>
internal static class NullValue
{
    public static EventSerializationException NotAllowed() =>
        new("A value is null where its type allows none. Give it a value, or declare it nullable.");
}
