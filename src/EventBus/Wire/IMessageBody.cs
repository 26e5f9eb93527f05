using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The <c>data</c> of one type of cluster message, written the same way in both forms.</summary>
internal interface IMessageBody
{
    MessageType Type { get; }

    /// <summary>Whether the message has data at all.</summary>
    bool HasData { get; }

    /// <summary>Writes the data.</summary>
    /// <returns>Where the packet's <c>[event, ...arguments]</c> lies in what was written; empty where there is no packet.</returns>
    Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct;
}
