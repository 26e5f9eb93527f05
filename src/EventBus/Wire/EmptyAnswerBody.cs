using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"requestId":…}</c>: an answer without a value.</summary>
internal readonly struct EmptyAnswerBody(MessageType type, string requestId) : IMessageBody
{
    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(1);
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
        writer.EndMap();
        return default;
    }
}
