using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// Reads <c>{"rooms":[…],"except":[…],"flags":{…}}</c>. Every peer writes rooms and except, so a message that lacks one is refused rather than
/// taken for everybody; the emitter leaves the flags out of everything but broadcasts.
/// </summary>
internal static class BroadcastOptionsReader
{
    private const WireKey Flags = WireKey.ExpectSingleResponse | WireKey.Volatile | WireKey.Compress | WireKey.Timeout;

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

    private static BroadcastOptions ReadFlags<TReader>(ref TReader reader, BroadcastOptions options)
        where TReader : IValueReader, allows ref struct
    {
        var map = MapScan.Begin(ref reader, Flags);
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

    /// <summary>JavaScript's numbers of milliseconds may have a fraction or be huge.</summary>
    private static int ReadMilliseconds<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var milliseconds = reader.ReadDouble();
        return milliseconds >= 0
            ? (int)Math.Min(Math.Ceiling(milliseconds), int.MaxValue)
            : throw new EventSerializationException($"{milliseconds} is not a timeout in milliseconds.", position);
    }
}
