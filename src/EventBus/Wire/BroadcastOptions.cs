using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>The sockets that a cluster message concerns, and how: <c>"opts":{"rooms":[…],"except":[…],"flags":{…}}</c>.</summary>
/// <remarks><c>flags.local</c> is never on the wire.</remarks>
internal readonly record struct BroadcastOptions
{
    private const WireKey AllFlags = WireKey.ExpectSingleResponse | WireKey.Volatile | WireKey.Compress | WireKey.Timeout;

    public RoomSet Rooms { get; init; }

    public RoomSet Except { get; init; }

    public bool Volatile { get; init; }

    public bool? Compress { get; init; }

    public int? TimeoutMilliseconds { get; init; }

    public bool ExpectSingleResponse { get; init; }

    /// <summary>The options of an operator's target.</summary>
    public static BroadcastOptions Of(in BroadcastTarget target, TimeSpan? timeout = null) => new()
    {
        Rooms = target.Rooms,
        Except = target.Excluded,
        Volatile = target.Flags.Volatile,
        Compress = target.Flags.Compress,
        ExpectSingleResponse = target.Flags.ExpectSingleResponse,
        TimeoutMilliseconds = timeout is { } time ? (int)Math.Ceiling(time.TotalMilliseconds) : null,
    };

    /// <summary>Reads the map.</summary>
    /// <remarks>
    /// Every peer writes rooms and except, so a message that lacks one is rejected rather than delivered to everybody. The reference's
    /// emitter writes flags in broadcasts only.
    /// </remarks>
    public static BroadcastOptions Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var options = default(BroadcastOptions);
        var map = MapScan.Begin(ref reader, WireKey.Rooms | WireKey.Except | WireKey.Flags);
        while (map.MoveNext(ref reader, out var key))
        {
            options = key switch
            {
                WireKey.Rooms => options with { Rooms = WireValues.ReadRooms(ref reader) },
                WireKey.Except => options with { Except = WireValues.ReadRooms(ref reader) },
                _ => ReadFlags(ref reader, options),
            };
        }

        map.Require(WireKey.Rooms | WireKey.Except);
        return options;
    }

    /// <summary>Writes the key and the map.</summary>
    public void Write<TWriter>(ref TWriter writer, MessageEncoderOptions message, MessageType type)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.Options);
        if (!message.AsReferenceEmitter)
        {
            writer.BeginMap(3);
            WriteRooms(ref writer, WireKeys.Rooms, Rooms);
            WriteRooms(ref writer, WireKeys.Except, Except);
            WriteFlags(ref writer);
        }
        else if (type is MessageType.Broadcast)
        {
            writer.BeginMap(3);
            WriteRooms(ref writer, WireKeys.Rooms, Rooms);
            WriteFlags(ref writer);
            WriteRooms(ref writer, WireKeys.Except, Except);
        }
        else
        {
            writer.BeginMap(2);
            WriteRooms(ref writer, WireKeys.Rooms, Rooms);
            WriteRooms(ref writer, WireKeys.Except, Except);
        }

        writer.EndMap();
    }

    public static void WriteRooms<TWriter>(ref TWriter writer, ReadOnlySpan<byte> key, in RoomSet rooms)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(key);
        writer.BeginArray(rooms.Count);
        for (var i = 0; i < rooms.Count; i++)
            writer.WriteString(rooms[i]);
        writer.EndArray();
    }

    private static BroadcastOptions ReadFlags<TReader>(ref TReader reader, BroadcastOptions options)
        where TReader : IValueReader, allows ref struct
    {
        var map = MapScan.Begin(ref reader, AllFlags);
        while (map.MoveNext(ref reader, out var flag))
        {
            options = flag switch
            {
                WireKey.ExpectSingleResponse => options with { ExpectSingleResponse = reader.ReadBoolean() },
                WireKey.Volatile => options with { Volatile = reader.ReadBoolean() },
                WireKey.Compress => options with { Compress = reader.ReadBoolean() },
                _ => options with { TimeoutMilliseconds = ReadMilliseconds(ref reader) },
            };
        }

        return options;
    }

    // JavaScript's numbers of milliseconds may have a fraction or be huge.
    private static int ReadMilliseconds<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var milliseconds = reader.ReadDouble();
        return milliseconds >= 0
            ? (int)Math.Min(Math.Ceiling(milliseconds), int.MaxValue)
            : throw new EventSerializationException($"{milliseconds} is not a timeout in milliseconds.", position);
    }

    private void WriteFlags<TWriter>(ref TWriter writer)
        where TWriter : IValueWriter, allows ref struct
    {
        writer.WriteKey(WireKeys.Flags);
        writer.BeginMap(Count(ExpectSingleResponse) + Count(Volatile) + Count(Compress.HasValue) + Count(TimeoutMilliseconds.HasValue));
        WriteIfSet(ref writer, WireKeys.ExpectSingleResponse, ExpectSingleResponse);
        WriteIfSet(ref writer, WireKeys.Volatile, Volatile);
        if (Compress is { } compress)
        {
            writer.WriteKey(WireKeys.Compress);
            writer.WriteBoolean(compress);
        }

        if (TimeoutMilliseconds is { } timeout)
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
