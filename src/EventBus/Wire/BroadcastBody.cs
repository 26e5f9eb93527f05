using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"packet":{"type":2,"data":[…]},"requestId":…,"opts":{…}}</c></summary>
internal readonly struct BroadcastBody<TPacketData>(in TPacketData packetData, in BroadcastOptions options, string? requestId) : IMessageBody
    where TPacketData : struct, IWritable
{
    private const int EventPacket = 2;

    private readonly TPacketData _packetData = packetData;
    private readonly BroadcastOptions _options = options;

    public MessageType Type => MessageType.Broadcast;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(requestId is null ? 2 : 3);
        writer.WriteKey(WireKeys.Packet);
        writer.BeginMap(message.AsReferenceEmitter ? 3 : 2);
        writer.WriteKey(WireKeys.Type);
        writer.WriteInteger(EventPacket);
        writer.WriteKey(WireKeys.Data);
        var range = PacketDataWriter.Write(ref writer, in _packetData);
        if (message.AsReferenceEmitter)
        {
            writer.WriteKey(WireKeys.Namespace);
            writer.WriteString(message.Namespace);
        }

        writer.EndMap();
        if (requestId is not null)
        {
            writer.WriteKey(WireKeys.RequestId);
            writer.WriteString(requestId);
        }

        OptionsWriter.Write(ref writer, in _options, message, Type);
        writer.EndMap();
        return range;
    }
}
