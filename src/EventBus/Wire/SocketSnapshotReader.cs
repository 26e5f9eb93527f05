using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads the sockets of an answer to FETCH_SOCKETS: <c>[{"id":…,"handshake":{…},"rooms":[…],"data":{…}}]</c>.</summary>
internal static class SocketSnapshotReader
{
    private const WireKey Keys = WireKey.Id | WireKey.Handshake | WireKey.Rooms | WireKey.Data;

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

    private static SocketSnapshot Read<TReader>(ref TReader reader, ref int left)
        where TReader : IValueReader, allows ref struct
    {
        if (--left < 0)
            throw SerializationLimits.TooManyValues(reader.Position);
        var id = "";
        var handshake = EventValue.FromMap();
        var rooms = default(RoomSet);
        var data = EventValue.FromMap();
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
}
