namespace EventBus.Serialization;

/// <summary>Enums, as their names (a number where there is no name); reads numbers too.</summary>
/// <typeparam name="T">The enum.</typeparam>
public readonly struct EnumNameFormatter<T> : IFormatter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
    {
        if (Enum.IsDefined(value))
            writer.WriteString(Enum.GetName(value));
        else
            EnumInteger<T>.Write(ref writer, value);
    }

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => EnumReading.Read<TReader, T>(ref reader);
}
