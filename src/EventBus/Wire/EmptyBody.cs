using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The message is all there is to say: heartbeats and the farewell.</summary>
internal readonly struct EmptyBody(MessageType type) : IMessageBody
{
    public MessageType Type => type;

    public bool HasData => false;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct => throw new InvalidOperationException("There is no data.");
}
