using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>The one value that a type is on the wire. For generated code, which implements it as a stateless struct.</summary>
/// <typeparam name="T">The type, as a strongly typed id.</typeparam>
/// <typeparam name="TValue">The type of its value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISingleValue<T, TValue>
{
    /// <summary>The value of an object.</summary>
    TValue Unwrap(T wrapper);

    /// <summary>The object of a value.</summary>
    T Wrap(TValue value);
}

/// <summary>Objects that are one value on the wire, such as strongly typed ids.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
/// <typeparam name="TValue">The type of their values.</typeparam>
/// <typeparam name="TSingleValue">Converts an object to its value and back.</typeparam>
/// <typeparam name="TFormatter">The formatter of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleValueFormatter<T, TValue, TSingleValue, TFormatter> : IFormatter<T>
    where TSingleValue : struct, ISingleValue<T, TValue>
    where TFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in T value)
        where TWriter : IValueWriter, allows ref struct
        => default(TFormatter).Write(ref writer, SingleValue<T, TValue, TSingleValue>.Unwrap(value));

    /// <inheritdoc/>
    public T Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return SingleValue<T, TValue, TSingleValue>.Wrap(default(TFormatter).Read(ref reader), position);
    }
}

/// <summary>Keys that are one value on the wire, such as strongly typed ids.</summary>
/// <typeparam name="T">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of their values.</typeparam>
/// <typeparam name="TSingleValue">Converts a key to its value and back.</typeparam>
/// <typeparam name="TFormatter">The formatter of keys that are such values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SingleValueKeyFormatter<T, TValue, TSingleValue, TFormatter> : IKeyFormatter<T>
    where TSingleValue : struct, ISingleValue<T, TValue>
    where TFormatter : struct, IKeyFormatter<TValue>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, T key)
        where TWriter : IValueWriter, allows ref struct
        => default(TFormatter).WriteKey(ref writer, SingleValue<T, TValue, TSingleValue>.Unwrap(key));

    /// <inheritdoc/>
    public T ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return SingleValue<T, TValue, TSingleValue>.Wrap(default(TFormatter).ReadKey(ref reader), position);
    }
}

/// <summary>
/// Converts objects to their values and back. The code of the type may throw any exception: an object that was never initialized has no
/// value, and a value that was received may be invalid.
/// </summary>
internal static class SingleValue<T, TValue, TSingleValue>
    where TSingleValue : struct, ISingleValue<T, TValue>
{
    public static TValue Unwrap(T wrapper)
    {
        if (wrapper is null)
            throw NullValue.NotAllowed();
        try
        {
            return default(TSingleValue).Unwrap(wrapper);
        }
        catch (Exception exception)
        {
            throw new EventSerializationException(
                $"An object of type '{typeof(T)}' does not give its value. Initialize it before you send it.", innerException: exception);
        }
    }

    // The message of the exception is not repeated, because it may contain the value.
    public static T Wrap(TValue value, int position)
    {
        try
        {
            return default(TSingleValue).Wrap(value);
        }
        catch (Exception exception)
        {
            throw new EventSerializationException($"The value is not valid for the type '{typeof(T)}'.", position, exception);
        }
    }
}
