using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Writes <c>"opts":{"rooms":[…],"except":[…],"flags":{…}}</c>.</summary>
internal static class OptionsWriter
{
    public static void Write<TWriter>(ref TWriter writer, in BroadcastOptions options, MessageEncoderOptions message, MessageType type)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.Options);
        if (!message.AsReferenceEmitter)
        {
            writer.BeginMap(3);
            WriteRooms(ref writer, WireKeys.Rooms, options.Rooms);
            WriteRooms(ref writer, WireKeys.Except, options.Except);
            WriteFlags(ref writer, in options);
        }
        else if (type is MessageType.Broadcast)
        {
            writer.BeginMap(3);
            WriteRooms(ref writer, WireKeys.Rooms, options.Rooms);
            WriteFlags(ref writer, in options);
            WriteRooms(ref writer, WireKeys.Except, options.Except);
        }
        else
        {
            writer.BeginMap(2);
            WriteRooms(ref writer, WireKeys.Rooms, options.Rooms);
            WriteRooms(ref writer, WireKeys.Except, options.Except);
        }

        writer.EndMap();
    }

    public static void WriteRooms<TWriter>(ref TWriter writer, ReadOnlySpan<byte> key, RoomSet rooms)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(key);
        writer.BeginArray(rooms.Count);
        for (var i = 0; i < rooms.Count; i++)
            writer.WriteString(rooms[i]);
        writer.EndArray();
    }

    private static void WriteFlags<TWriter>(ref TWriter writer, in BroadcastOptions options)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.Flags);
        writer.BeginMap(Count(options.ExpectSingleResponse) + Count(options.Volatile) + Count(options.Compress.HasValue)
            + Count(options.TimeoutMilliseconds.HasValue));
        WriteIfSet(ref writer, WireKeys.ExpectSingleResponse, options.ExpectSingleResponse);
        WriteIfSet(ref writer, WireKeys.Volatile, options.Volatile);
        if (options.Compress is { } compress)
        {
            writer.WriteKey(WireKeys.Compress);
            writer.WriteBoolean(compress);
        }

        if (options.TimeoutMilliseconds is { } timeout)
        {
            writer.WriteKey(WireKeys.Timeout);
            writer.WriteInteger(timeout);
        }

        writer.EndMap();
    }

    private static void WriteIfSet<TWriter>(ref TWriter writer, ReadOnlySpan<byte> key, bool flag)
        where TWriter : IValueWriter, allows ref struct
    {
        if (!flag)
            return;
        writer.WriteKey(key);
        writer.WriteBoolean(true);
    }

    private static int Count(bool isSet) => isSet ? 1 : 0;
}
