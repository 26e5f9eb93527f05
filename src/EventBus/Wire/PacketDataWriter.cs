using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Writes <c>[event, ...arguments]</c>, or an answer, and takes note of where it lies.</summary>
internal static class PacketDataWriter
{
    public static Range Write<TWriter, TPacketData>(ref TWriter writer, in TPacketData packetData)
        where TWriter : IValueWriter, allows ref struct
        where TPacketData : struct, IWritable
    {
        var start = writer.BytesWritten;
        packetData.WriteTo(ref writer);
        return start..writer.BytesWritten;
    }
}
