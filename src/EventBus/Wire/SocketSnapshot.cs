using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>One socket in a response to FETCH_SOCKETS: <c>{"id":…,"handshake":{…},"rooms":[…],"data":{…}}</c>.</summary>
/// <param name="Id">The socket's id.</param>
/// <param name="Handshake">Its handshake: always an object, because Node.js peers expect one.</param>
/// <param name="Rooms">Its rooms.</param>
/// <param name="Data">Its data; an empty object if it has none.</param>
internal readonly record struct SocketSnapshot(string Id, EventValue Handshake, IReadOnlyCollection<string> Rooms, EventValue Data)
{
    private const WireKey Keys = WireKey.Id | WireKey.Handshake | WireKey.Rooms | WireKey.Data;

    private static readonly EventValue None = EventValue.FromMap();

    /// <summary>Reads an array of sockets.</summary>
    public static IReadOnlyList<SocketSnapshot> ReadAll<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var sockets = new List<SocketSnapshot>();
        var left = SerializationLimits.MaxValues;
        var cursor = reader.BeginArray();
        while (reader.MoveNext(ref cursor))
            sockets.Add(Read(ref reader, ref left));
        return sockets;
    }

    /// <summary>Writes an array of sockets.</summary>
    public static void WriteAll<TWriter>(ref TWriter writer, IReadOnlyList<SocketSnapshot> sockets)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginArray(sockets.Count);
        foreach (var socket in sockets)
            socket.Write(ref writer);
        writer.EndArray();
    }

    private static SocketSnapshot Read<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        if (--left < 0)
            throw SerializationLimits.TooManyValues(reader.Position);
        var id = "";
        var handshake = None;
        var rooms = default(RoomSet);
        var data = None;
        var map = MapScan.Begin(ref reader, Keys);
        while (map.MoveNext(ref reader, out var key))
        {
            switch (key)
            {
                case WireKey.Id:
                    id = NameCache.Get(reader.ReadUtf8());
                    break;
                case WireKey.Handshake:
                    handshake = ReadMap(ref reader, ref left);
                    break;
                case WireKey.Rooms:
                    rooms = WireValues.ReadRooms(ref reader);
                    break;
                default:
                    data = EventValueFormatter.Read(ref reader, ref left);
                    break;
            }
        }

        map.Require(WireKey.Id | WireKey.Rooms);
        return new SocketSnapshot(id, handshake, rooms.ToArray(), data);
    }

    private static EventValue ReadMap<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        return reader.Kind is ValueKind.Map
            ? EventValueFormatter.Read(ref reader, ref left)
            : throw new EventSerializationException($"The handshake of a socket is a {reader.Kind} instead of a map.", position);
    }

    private void Write<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.BeginMap(4);
        writer.WriteKey(WireKeys.Id);
        writer.WriteString(Id);
        writer.WriteKey(WireKeys.Handshake);
        WriteValue(ref writer, Handshake);
        writer.WriteKey(WireKeys.Rooms);
        writer.BeginArray(Rooms.Count);
        foreach (var room in Rooms)
            writer.WriteString(room);
        writer.EndArray();
        writer.WriteKey(WireKeys.Data);
        WriteValue(ref writer, Data);
        writer.EndMap();
    }

    // Node.js peers expect an object instead of null.
    private static void WriteValue<TWriter>(ref TWriter writer, EventValue value)
        where TWriter : IValueWriter, allows ref struct =>
        default(EventValueFormatter).Write(ref writer, value.Kind is EventValueKind.Null ? None : value);
}
