using System.Text;

namespace EventBus.Serialization;

/// <summary>Keys that are text.</summary>
public readonly struct StringKeyFormatter : IKeyFormatter<string>
{
    /// <inheritdoc/>
    public void WriteKey<TWriter>(ref TWriter writer, string key)
        where TWriter : IValueWriter, allows ref struct
        => writer.WriteKey(key);

    /// <inheritdoc/>
    public string ReadKey<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
        => Encoding.UTF8.GetString(reader.ReadKey());
}
