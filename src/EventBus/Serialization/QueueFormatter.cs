namespace EventBus.Serialization;

/// <summary>Queues, as arrays from the head to the tail.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct QueueFormatter<T, TFormatter> : IFormatter<Queue<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Queue<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Queue<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}
