namespace EventBus.Serialization;

/// <summary>Enums, as the names that they are given (a number where there is no name); reads numbers, and the names that C# knows, too.</summary>
/// <typeparam name="T">The enum.</typeparam>
/// <typeparam name="TNames">The names.</typeparam>
public readonly struct EnumNameFormatter<T, TNames> : IFormatter<T>
    where T : struct, Enum
    where TNames : struct, IEnumNames<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
    {
        var name = default(TNames).NameOf(value);
        if (name.IsEmpty)
            EnumInteger<T>.Write(ref writer, value);
        else
            writer.WriteUtf8(name);
    }

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return reader.Kind == ValueKind.String ? GivenEnumName<T, TNames>.Parse(reader.ReadUtf8(), position) : EnumInteger<T>.Read(ref reader);
    }
}
