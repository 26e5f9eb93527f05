using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"requestId":…,"packet":[event, ...arguments]}</c></summary>
internal readonly struct ServerSideEmitBody<TPacketData>(in TPacketData packetData, string? requestId) : IMessageBody
    where TPacketData : struct, IWritable
{
    private readonly TPacketData _packetData = packetData;

    public MessageType Type => MessageType.ServerSideEmit;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(requestId is null ? 1 : 2);
        if (requestId is not null)
        {
            writer.WriteKey(WireKeys.RequestId);
            writer.WriteString(requestId);
        }

        writer.WriteKey(WireKeys.Packet);
        var range = PacketDataWriter.Write(ref writer, in _packetData);
        writer.EndMap();
        return range;
    }
}
