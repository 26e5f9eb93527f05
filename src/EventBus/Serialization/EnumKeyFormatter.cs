namespace EventBus.Serialization;

/// <summary>Keys that are an enum, by name (a number where there is no name); reads numbers too.</summary>
/// <typeparam name="T">The enum.</typeparam>
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
