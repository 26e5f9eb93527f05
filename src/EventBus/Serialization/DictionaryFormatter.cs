namespace EventBus.Serialization;

/// <summary>Dictionaries, as maps.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyFormatter">The formatter of the keys.</typeparam>
/// <typeparam name="TValueFormatter">The formatter of the values.</typeparam>
public readonly struct DictionaryFormatter<TKey, TValue, TKeyFormatter, TValueFormatter> : IFormatter<Dictionary<TKey, TValue>>
    where TKey : notnull
    where TKeyFormatter : struct, IKeyFormatter<TKey>
    where TValueFormatter : struct, IFormatter<TValue>
{
    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer, in Dictionary<TKey, TValue> value)
        where TWriter : IValueWriter, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Write(ref writer, value);

    /// <inheritdoc/>
    public Dictionary<TKey, TValue> Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Mapping<TKey, TValue, TKeyFormatter, TValueFormatter>.Read(ref reader);
}
