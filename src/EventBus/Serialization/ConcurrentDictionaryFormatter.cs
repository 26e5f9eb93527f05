using System.Collections.Concurrent;

namespace EventBus.Serialization;

/// <summary>Concurrent dictionaries, as maps: a snapshot of the moment they are written.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyFormatter">The formatter of the keys.</typeparam>
/// <typeparam name="TValueFormatter">The formatter of the values.</typeparam>
public readonly struct ConcurrentDictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<ConcurrentDictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in ConcurrentDictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value?.ToArray() ?? throw NullValue.NotAllowed());

    /// <inheritdoc/>
    public ConcurrentDictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => new(Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader));
}
