using System.Buffers.Binary;

namespace EventBus.Serialization;

/// <summary>Points in time as MessagePack extension -1: seconds since 1970 and nanoseconds, in 4, 8 or 12 bytes.</summary>
internal static class MessagePackTimestamp
{
    /// <summary>Three bytes of head and twelve of data.</summary>
    public const int MaxLength = 15;

    private const int BitsOfSeconds = 34;
    private const long MaxSecondsIn34Bits = (1L << BitsOfSeconds) - 1;
    private const int NanosecondsPerTick = 100;
    private const uint NanosecondsPerSecond = 1_000_000_000;

    private static readonly long MinSeconds = (DateTime.MinValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;
    private static readonly long MaxSeconds = (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond;

    /// <summary>Writes head and data in the smallest form that holds the time; returns the number of bytes.</summary>
    public static int Format(DateTime utc, Span<byte> destination)
    {
        var (seconds, ticks) = Math.DivRem(utc.Ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        if (ticks < 0)
            (seconds, ticks) = (seconds - 1, ticks + TimeSpan.TicksPerSecond);
        var nanoseconds = (uint)ticks * NanosecondsPerTick;

        if (nanoseconds == 0 && seconds is >= 0 and <= uint.MaxValue)
        {
            destination[0] = MessagePackCode.FixExt4;
            destination[1] = unchecked((byte)MessagePackCode.Timestamp);
            BinaryPrimitives.WriteUInt32BigEndian(destination[2..], (uint)seconds);
            return 6;
        }

        if (seconds is >= 0 and <= MaxSecondsIn34Bits)
        {
            destination[0] = MessagePackCode.FixExt8;
            destination[1] = unchecked((byte)MessagePackCode.Timestamp);
            BinaryPrimitives.WriteUInt64BigEndian(destination[2..], ((ulong)nanoseconds << BitsOfSeconds) | (ulong)seconds);
            return 10;
        }

        destination[0] = MessagePackCode.Ext8;
        destination[1] = 12;
        destination[2] = unchecked((byte)MessagePackCode.Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[3..], nanoseconds);
        BinaryPrimitives.WriteInt64BigEndian(destination[7..], seconds);
        return MaxLength;
    }

    /// <summary>
    /// Reads the data, and cuts fractions to 100 nanoseconds. Returns false if the length is wrong or <see cref="DateTime"/> cannot hold
    /// the time.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> data, out DateTime utc)
    {
        utc = default;
        long seconds;
        uint nanoseconds;
        switch (data.Length)
        {
            case 4:
                (seconds, nanoseconds) = (BinaryPrimitives.ReadUInt32BigEndian(data), 0);
                break;
            case 8:
                var both = BinaryPrimitives.ReadUInt64BigEndian(data);
                (seconds, nanoseconds) = ((long)both & MaxSecondsIn34Bits, (uint)(both >> BitsOfSeconds));
                break;
            case 12:
                (seconds, nanoseconds) = (BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data));
                break;
            default:
                return false;
        }

        if (nanoseconds >= NanosecondsPerSecond || seconds < MinSeconds || seconds > MaxSeconds)
            return false;
        utc = DateTime.UnixEpoch.AddTicks((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / NanosecondsPerTick));
        return true;
    }
}
