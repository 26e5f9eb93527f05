using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"requestId":…,"clientCount":1}</c></summary>
internal readonly struct ClientCountBody(string requestId, int clientCount) : IMessageBody
{
    public MessageType Type => MessageType.BroadcastClientCount;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
        writer.WriteKey(WireKeys.ClientCount);
        writer.WriteInteger(clientCount);
        writer.EndMap();
        return default;
    }
}
