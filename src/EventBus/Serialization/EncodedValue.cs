using System.ComponentModel;

namespace EventBus.Serialization;

/// <summary>One encoded value: a slice of a message that is decoded when it is used.</summary>
/// <param name="Bytes">The value's bytes. They are valid during the call: copy them to keep them longer.</param>
/// <param name="Encoding">The encoding.</param>
internal readonly record struct EncodedValue(ReadOnlyMemory<byte> Bytes, ValueEncoding Encoding)
{
    /// <summary>Decodes an untyped value, which does not refer to the bytes.</summary>
    /// <exception cref="EventSerializationException">The bytes are no value.</exception>
    public EventValue ReadValue()
    {
        if (Encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(Bytes.Span);
            return default(EventValueFormatter).Read(ref json);
        }

        var messagePack = new MessagePackValueReader(Bytes.Span);
        return default(EventValueFormatter).Read(ref messagePack);
    }
}

/// <summary>The encoding of a value: JSON inside a notification, MessagePack inside an attachment.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ValueEncoding
{
    /// <summary>UTF-8 JSON.</summary>
    Json,

    /// <summary>MessagePack.</summary>
    MessagePack,
}
