namespace EventBus.Serialization;

/// <summary>References that may be null.</summary>
/// <typeparam name="T">The type without null.</typeparam>
/// <typeparam name="TFormatter">The formatter of that type.</typeparam>
public readonly struct NullableReferenceFormatter<T, TFormatter> : IFormatter<T?>
    where T : class
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, in T? value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (value is { } present)
            TFormatter.Write(ref writer, in present);
        else
            writer.WriteNull();
    }

    /// <inheritdoc/>
    public static T? Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => reader.TryReadNull() ? null : TFormatter.Read(ref reader);
}
