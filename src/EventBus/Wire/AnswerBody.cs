using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"requestId":…,"packet":answer}</c></summary>
internal readonly struct AnswerBody<TAnswer>(MessageType type, string requestId, in TAnswer answer) : IMessageBody
    where TAnswer : struct, IWritable
{
    private readonly TAnswer _answer = answer;

    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
        writer.WriteKey(WireKeys.Packet);
        var range = PacketDataWriter.Write(ref writer, in _answer);
        writer.EndMap();
        return range;
    }
}
