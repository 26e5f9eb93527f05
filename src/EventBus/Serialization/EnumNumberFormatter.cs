namespace EventBus.Serialization;

/// <summary>Enums, as numbers; reads names too.</summary>
/// <typeparam name="T">The enum.</typeparam>
public readonly struct EnumNumberFormatter<T> : IFormatter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
        => EnumInteger<T>.Write(ref writer, value);

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => EnumReading.Read<TReader, T>(ref reader);
}
