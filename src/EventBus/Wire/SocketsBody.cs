using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary><c>{"requestId":…,"sockets":[{"id":…,"handshake":{…},"rooms":[…],"data":{…}}]}</c></summary>
internal readonly struct SocketsBody(string requestId, IReadOnlyList<SocketSnapshot> sockets) : IMessageBody
{
    private static readonly EventValue None = EventValue.FromMap();

    public MessageType Type => MessageType.FetchSocketsResponse;

    public bool HasData => true;

    public Range WriteData<TWriter>(ref TWriter writer, MessageEncoderOptions message)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(2);
        writer.WriteKey(WireKeys.RequestId);
        writer.WriteString(requestId);
        writer.WriteKey(WireKeys.Sockets);
        writer.BeginArray(sockets.Count);
        foreach (var socket in sockets)
            Write(ref writer, in socket);
        writer.EndArray();
        writer.EndMap();
        return default;
    }

    private static void Write<TWriter>(ref TWriter writer, in SocketSnapshot socket)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(4);
        writer.WriteKey(WireKeys.Id);
        writer.WriteString(socket.Id);
        writer.WriteKey(WireKeys.Handshake);
        WriteValue(ref writer, socket.Handshake);
        writer.WriteKey(WireKeys.Rooms);
        writer.BeginArray(socket.Rooms.Count);
        foreach (var room in socket.Rooms)
            writer.WriteString(room);
        writer.EndArray();
        writer.WriteKey(WireKeys.Data);
        WriteValue(ref writer, socket.Data);
        writer.EndMap();
    }

    /// <summary>Node.js peers expect an object where there is nothing.</summary>
    private static void WriteValue<TWriter>(ref TWriter writer, EventValue value)
        where TWriter : IValueWriter, allows ref struct =>
        EventValueFormatter.Write(ref writer, value.Kind is EventValueKind.Null ? None : value);
}
