namespace EventBus.Serialization;

/// <summary>How keys of one type are written as text and read again. Implemented by stateless structs, as <see cref="IFormatter{T}"/> is.</summary>
/// <typeparam name="T">The type of the key.</typeparam>
public interface IKeyFormatter<T>
{
    /// <summary>Writes exactly one key.</summary>
    void WriteKey<TWriter>(ref TWriter writer, T key) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads exactly one key.</summary>
    /// <exception cref="EventSerializationException">The key's text stands for no value of this type.</exception>
    T ReadKey<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;
}
