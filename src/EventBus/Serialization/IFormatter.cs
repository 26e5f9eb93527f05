namespace EventBus.Serialization;

/// <summary>Writes and reads values of one type, in any encoding. Implement it by a stateless struct: it is used as <c>default(TFormatter)</c>.</summary>
/// <remarks>
/// One formatter serves every encoding: the JIT and the AOT compiler specialise it for each writer and reader. The members are instance methods
/// because Native AOT cannot always find a static abstract method that is generic and called from shared code.
/// </remarks>
/// <typeparam name="T">The type that it formats.</typeparam>
/// <example><c>default(ListFormatter&lt;Guid, GuidFormatter&gt;).Write(ref writer, list)</c></example>
public interface IFormatter<T>
{
    /// <summary>Writes exactly one value.</summary>
    /// <exception cref="EventSerializationException">The value cannot be written.</exception>
    void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads exactly one value.</summary>
    /// <exception cref="EventSerializationException">The next value is not one of this type.</exception>
    T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;
}
