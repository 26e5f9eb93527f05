namespace EventBus.MessagePackTests.Codec;

/// <summary>Random values of every kind, often at the borders between two forms of MessagePack.</summary>
internal sealed class RandomValues(int seed)
{
    // Lengths and counts around the borders of the headers.
    private static readonly int[] Lengths = [0, 1, 15, 16, 17, 31, 32, 33, 255, 256, 257];

    private readonly Random _random = new(seed);

    public EventValue Next(int depth = 3) => _random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => EventValue.Null,
        1 => _random.Next(2) == 0,
        2 => NextInteger(),
        3 => NextDouble(),
        4 => NextText(),
        5 => NextBinary(),
        6 => NextTime(),
        7 => EventValue.FromArray([.. Enumerable.Range(0, NextCount(depth)).Select(_ => Next(depth - 1))]),
        _ => EventValue.FromMap([.. Enumerable.Range(0, NextCount(depth)).Select(i => KeyValuePair.Create($"k{i}", Next(depth - 1)))]),
    };

    /// <summary>As many bits as chance gives, and then up to two away from a power of two.</summary>
    public EventValue NextInteger()
    {
        var bits = _random.Next(65);
        var power = bits == 64 ? 0UL : 1UL << bits;
        var magnitude = _random.Next(2) == 0
            ? unchecked(power + (ulong)_random.Next(-2, 3))
            : (ulong)_random.NextInt64() >> (63 - Math.Min(bits, 63));
        return _random.Next(2) == 0 ? magnitude : unchecked(-(long)(magnitude >> 1));
    }

    /// <summary>No integer between 2^53 and 2^64: that is one of the disagreements.</summary>
    public double NextDouble()
    {
        var value = AnyDouble();
        return double.IsFinite(value) && !(double.IsInteger(value) && Math.Abs(value) <= ulong.MaxValue) ? value : 0.5;
    }

    private double AnyDouble() => _random.Next(4) switch
    {
        0 => BitConverter.Int64BitsToDouble(_random.NextInt64(long.MinValue, long.MaxValue)),
        1 => _random.Next(-1000, 1000) / 8.0,
        2 => (float)_random.NextDouble(),
        _ => (_random.NextDouble() - 0.5) * Math.Pow(10, _random.Next(-300, 300)),
    };

    public string NextText() => string.Concat(Enumerable.Range(0, NextLength()).Select(_ => NextRune()));

    public byte[] NextBinary()
    {
        var bytes = new byte[NextLength()];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Of all years, and often with a whole second: those have forms of their own.</summary>
    public DateTime NextTime()
    {
        var ticks = _random.NextInt64(DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        if (_random.Next(2) == 0)
            ticks = DateTime.UnixEpoch.Ticks + (_random.NextInt64(0, 1L << 34) * TimeSpan.TicksPerSecond) + _random.Next(-1, 2);
        if (_random.Next(2) == 0)
            ticks -= ticks % TimeSpan.TicksPerSecond;
        return new DateTime(ticks, DateTimeKind.Utc);
    }

    private string NextRune() => _random.Next(8) switch
    {
        0 => ((char)_random.Next(0x80, 0x800)).ToString(),
        1 => ((char)_random.Next(0x800, 0xD800)).ToString(),
        2 => char.ConvertFromUtf32(_random.Next(0x10000, 0x110000)),
        _ => ((char)_random.Next(0x20, 0x7F)).ToString(),
    };

    private int NextLength() => _random.Next(4) == 0 ? Lengths[_random.Next(Lengths.Length)] : _random.Next(12);

    private int NextCount(int depth) => depth > 2 && _random.Next(40) == 0 ? Lengths[_random.Next(8)] : _random.Next(4);
}
