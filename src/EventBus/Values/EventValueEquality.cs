namespace EventBus;

/// <summary>Equality of values: numbers by value, arrays item by item, maps in any order.</summary>
internal static class EventValueEquality
{
    public static bool AreEqual(in EventValue left, in EventValue right)
    {
        if (left.Kind != right.Kind)
        {
            return (left.Kind, right.Kind) switch
            {
                (EventValueKind.Integer, EventValueKind.Float) => AreEqual(left, right.GetDouble()),
                (EventValueKind.Float, EventValueKind.Integer) => AreEqual(right, left.GetDouble()),
                _ => false,
            };
        }

        return left.Kind switch
        {
            EventValueKind.Null => true,
            EventValueKind.Boolean => left.GetBoolean() == right.GetBoolean(),
            EventValueKind.Integer => ToInt128(left) == ToInt128(right),
            EventValueKind.Float => left.GetDouble().Equals(right.GetDouble()),
            EventValueKind.String => string.Equals(left.GetString(), right.GetString(), StringComparison.Ordinal),
            EventValueKind.Binary => left.GetBinary().Span.SequenceEqual(right.GetBinary().Span),
            EventValueKind.Timestamp => left.GetTimestamp() == right.GetTimestamp(),
            EventValueKind.Array => left.ItemSpan.SequenceEqual(right.ItemSpan),
            _ => AreEqual(left.Map, right.Map),
        };
    }

    public static int Hash(in EventValue value)
    {
        var hash = default(HashCode);
        switch (value.Kind)
        {
            case EventValueKind.Null:
                break;
            case EventValueKind.Boolean:
                hash.Add(value.GetBoolean());
                break;
            case EventValueKind.Integer or EventValueKind.Float:
                hash.Add(value.GetDouble());
                break;
            case EventValueKind.String:
                hash.Add(value.GetString(), StringComparer.Ordinal);
                break;
            case EventValueKind.Binary:
                hash.AddBytes(value.GetBinary().Span);
                break;
            case EventValueKind.Timestamp:
                hash.Add(value.GetTimestamp());
                break;
            case EventValueKind.Array:
                foreach (ref readonly var item in value.ItemSpan)
                    hash.Add(item);
                break;
            default:
                hash.Add(Hash(value.Map));
                break;
        }

        return hash.ToHashCode();
    }

    // A sum does not depend on the order.
    private static int Hash(EventValueMap map)
    {
        var sum = 0;
        foreach (var (key, value) in map.Members)
            sum = unchecked(sum + HashCode.Combine(key, value));
        return sum;
    }

    private static bool AreEqual(EventValueMap left, EventValueMap right)
    {
        if (left.Members.Length != right.Members.Length)
            return false;
        foreach (var (key, value) in left.Members)
        {
            if (!right.TryGet(key, out var other) || !AreEqual(value, other))
                return false;
        }

        return true;
    }

    private static bool AreEqual(in EventValue integer, double value) =>
        double.IsInteger(value) && Math.Abs(value) < ulong.MaxValue && (Int128)value == ToInt128(integer);

    private static Int128 ToInt128(in EventValue integer) => integer.IsUnsigned ? integer.GetUInt64() : integer.GetInt64();
}
