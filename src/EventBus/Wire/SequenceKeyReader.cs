using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>Reads EventBus's own key: <c>{"s":source,"n":number}</c> or <c>{"s":source,"i":id}</c>, and <c>"k":ordinal</c>.</summary>
internal static class SequenceKeyReader
{
    public static SequenceKey Read<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var key = default(SequenceKey);
        var map = MapScan.Begin(ref reader, WireKey.Source | WireKey.Number | WireKey.UniqueId | WireKey.Ordinal);
        while (map.MoveNext(ref reader, out var part))
        {
            key = part switch
            {
                WireKey.Source => key with { Source = WireValues.ReadName(ref reader) },
                WireKey.Number => key with { Number = ReadNumber(ref reader) },
                WireKey.UniqueId => key with { UniqueId = WireValues.ReadName(ref reader) },
                _ => key with { Ordinal = ReadNumber(ref reader) },
            };
        }

        map.Require(map.Has(WireKey.UniqueId) ? WireKey.Source : WireKey.Source | WireKey.Number);
        if (map.Has(WireKey.UniqueId) && map.Has(WireKey.Number))
            throw new EventSerializationException("A cluster message has both a number and a unique id.", reader.Position);
        return key;
    }

    private static long ReadNumber<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var position = reader.Position;
        var number = reader.ReadInt64();
        return number >= 0 ? number : throw new EventSerializationException("The number of a cluster message is negative.", position);
    }
}
