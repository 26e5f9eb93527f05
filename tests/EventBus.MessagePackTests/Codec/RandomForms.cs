using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using MessagePack;

namespace EventBus.MessagePackTests.Codec;

/// <summary>Writes values with MessagePack-CSharp's writer, in any form that holds them, not only the smallest.</summary>
internal sealed class RandomForms(int seed)
{
    private readonly Random _random = new(seed);

    public byte[] Write(EventValue value)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(output);
        Write(ref writer, value);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    private void Write(ref MessagePackWriter writer, EventValue value)
    {
        switch (value.Kind)
        {
            case EventValueKind.Integer:
                WriteInteger(ref writer, value);
                break;
            case EventValueKind.Float when IsSingle(value.GetDouble(), out var single):
                writer.Write(single);
                break;
            case EventValueKind.String when _random.Next(2) == 0:
                var utf8 = Encoding.UTF8.GetBytes(value.GetString());
                WriteHead(ref writer, MessagePackCode.Str8, MessagePackCode.Str16, MessagePackCode.Str32, utf8.Length);
                writer.WriteRaw(utf8);
                break;
            case EventValueKind.Binary when _random.Next(2) == 0:
                WriteHead(ref writer, MessagePackCode.Bin8, MessagePackCode.Bin16, MessagePackCode.Bin32, value.GetBinary().Length);
                writer.WriteRaw(value.GetBinary().Span);
                break;
            case EventValueKind.Timestamp when _random.Next(2) == 0:
                WriteLongTimestamp(ref writer, value.GetTimestamp());
                break;
            case EventValueKind.Array:
                WriteHead(ref writer, null, MessagePackCode.Array16, MessagePackCode.Array32, value.Items.Count);
                foreach (var item in value.Items)
                    Write(ref writer, item);
                break;
            case EventValueKind.Map:
                WriteHead(ref writer, null, MessagePackCode.Map16, MessagePackCode.Map32, value.Members.Count);
                foreach (var (key, member) in value.Members)
                {
                    Write(ref writer, key);
                    Write(ref writer, member);
                }

                break;
            default:
                writer.WriteRaw(Oracle.Write(value));
                break;
        }
    }

    // The forms of 8, 16, 32 and 64 bits that hold the integer, signed and unsigned, and a double that holds it exactly.
    private void WriteInteger(ref MessagePackWriter writer, EventValue value)
    {
        var number = (Int128)decimal.Parse(value.ToString(), CultureInfo.InvariantCulture);
        while (true)
        {
            switch (_random.Next(9))
            {
                case 0 when number >= sbyte.MinValue && number <= sbyte.MaxValue:
                    writer.WriteInt8((sbyte)number);
                    return;
                case 1 when number >= short.MinValue && number <= short.MaxValue:
                    writer.WriteInt16((short)number);
                    return;
                case 2 when number >= int.MinValue && number <= int.MaxValue:
                    writer.WriteInt32((int)number);
                    return;
                case 3 when number >= long.MinValue && number <= long.MaxValue:
                    writer.WriteInt64((long)number);
                    return;
                case 4 when number >= 0 && number <= byte.MaxValue:
                    writer.WriteUInt8((byte)number);
                    return;
                case 5 when number >= 0 && number <= ushort.MaxValue:
                    writer.WriteUInt16((ushort)number);
                    return;
                case 6 when number >= 0 && number <= uint.MaxValue:
                    writer.WriteUInt32((uint)number);
                    return;
                case 7 when number >= 0:
                    writer.WriteUInt64((ulong)number);
                    return;
                case 8 when number >= -(1L << 53) && number <= 1L << 53:
                    writer.Write((double)number);
                    return;
                default:
                    continue;
            }
        }
    }

    // A float32 stands for the shortest decimal that reads back as the same single, so that it is the same number as in JSON.
    private bool IsSingle(double value, out float single)
    {
        single = (float)value;
        var shortest = double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return float.IsFinite(single) && shortest == value && _random.Next(2) == 0;
    }

    private void WriteHead(ref MessagePackWriter writer, byte? code8, byte code16, byte code32, int count)
    {
        Span<byte> head = writer.GetSpan(5);
        var form = _random.Next(3);
        if (form == 0 && code8 is { } code && count <= byte.MaxValue)
        {
            head[0] = code;
            head[1] = (byte)count;
            writer.Advance(2);
        }
        else if (form == 1 && count <= ushort.MaxValue)
        {
            head[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)count);
            writer.Advance(3);
        }
        else
        {
            head[0] = code32;
            BinaryPrimitives.WriteInt32BigEndian(head[1..], count);
            writer.Advance(5);
        }
    }

    // The form of 12 bytes holds every time.
    private static void WriteLongTimestamp(ref MessagePackWriter writer, DateTime time)
    {
        var ticks = time.Ticks - DateTime.UnixEpoch.Ticks;
        var seconds = (long)Math.Floor(ticks / (decimal)TimeSpan.TicksPerSecond);
        var body = new byte[12];
        BinaryPrimitives.WriteUInt32BigEndian(body, (uint)(ticks - (seconds * TimeSpan.TicksPerSecond)) * 100);
        BinaryPrimitives.WriteInt64BigEndian(body.AsSpan(4), seconds);
        writer.WriteExtensionFormatHeader(new ExtensionHeader(-1, 12));
        writer.WriteRaw(body);
    }
}
