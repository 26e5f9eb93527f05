using System.Collections.ObjectModel;

namespace EventBus.Serialization;

/// <summary>Observable collections.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <typeparam name="TFormatter">The formatter of the items.</typeparam>
public readonly struct ObservableCollectionFormatter<T, TFormatter> : IFormatter<ObservableCollection<T>>
    where TFormatter : struct, IFormatter<T>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ObservableCollection<T> value)
        where TWriter : IValueWriter, allows ref struct
        => Sequence<T, TFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public ObservableCollection<T> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Sequence<T, TFormatter>.ReadList(ref reader));
}
