namespace EventBus.Serialization;

/// <summary>How values of one type are written and read, in any encoding. Implemented by stateless structs, so that the JIT specialises each pair of formatter and encoding.</summary>
/// <typeparam name="T">The type it formats.</typeparam>
/// <example><c>ListFormatter&lt;Guid, GuidFormatter&gt;.Write(ref writer, list)</c></example>
public interface IFormatter<T>
{
    /// <summary>Writes exactly one value.</summary>
    static abstract void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads exactly one value.</summary>
    /// <exception cref="EventSerializationException">The next value is not one of this type.</exception>
    static abstract T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;
}
