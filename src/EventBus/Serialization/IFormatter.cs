namespace EventBus.Serialization;

/// <summary>
/// Writes and reads values of one type in any encoding. Implement it as a stateless struct, which is used as <c>default(TFormatter)</c>.
/// </summary>
/// <remarks>
/// The JIT and the AOT compiler specialise a formatter for each writer and reader. The members are instance methods because Native
/// AOT cannot always find a static abstract method that is generic and called from shared code.
/// </remarks>
/// <typeparam name="T">The type of the values.</typeparam>
/// <example><c>default(ListFormatter&lt;Guid, GuidFormatter&gt;).Write(ref writer, list)</c></example>
public interface IFormatter<T>
{
    /// <summary>Writes exactly one value.</summary>
    /// <exception cref="EventSerializationException">The value cannot be written.</exception>
    void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads exactly one value.</summary>
    /// <exception cref="EventSerializationException">The next value is of another type.</exception>
    T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;
}

/// <summary>Writes and reads keys of one type as text. Implemented by stateless structs, as <see cref="IFormatter{T}"/> is.</summary>
/// <typeparam name="T">The type of the key.</typeparam>
public interface IKeyFormatter<T>
{
    /// <summary>Writes exactly one key.</summary>
    void WriteKey<TWriter>(ref TWriter writer, T key) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads exactly one key.</summary>
    /// <exception cref="EventSerializationException">The text is no key of this type.</exception>
    T ReadKey<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;
}
