using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"opts":{…},"rooms":[…]}</c>: which rooms the sockets join or leave.</summary>
internal readonly struct RoomsBody(MessageType type, in BroadcastOptions options, in RoomSet rooms) : IMessageBody
{
    private readonly BroadcastOptions _options = options;
    private readonly RoomSet _rooms = rooms;

    public MessageType Type => type;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        OptionsWriter.Write(ref writer, in _options, message, Type);
        OptionsWriter.WriteRooms(ref writer, WireKeys.Rooms, _rooms);
        writer.EndMap();
        return default;
    }
}
