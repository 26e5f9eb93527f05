namespace EventBus.Serialization;

/// <summary>Keys that are an enum, by the names that they are given (a number where there is no name); reads numbers, and the names that C# knows, too.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <typeparam name="TNames">The names.</typeparam>
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
