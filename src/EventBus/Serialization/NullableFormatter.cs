namespace EventBus.Serialization;

/// <summary>Nullable values.</summary>
/// <typeparam name="T">The type without null.</typeparam>
/// <typeparam name="TFormatter">The formatter of that type.</typeparam>
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
