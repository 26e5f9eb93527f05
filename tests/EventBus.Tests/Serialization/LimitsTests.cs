using System.Text;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

public class LimitsTests
{
    // The exception itself takes some memory; what the bytes declare would take megabytes.
    private const long MemoryOfAnException = 64 * 1024;

    [Theory]
    [InlineData("dd7fffffff")]
    [InlineData("ddffffffff00")]
    [InlineData("dcffff0000")]
    [InlineData("9f00")]
    [InlineData("df7fffffff")]
    [InlineData("dfffffffff00")]
    [InlineData("deffff0000")]
    [InlineData("8100")]
    [InlineData("db7fffffff61")]
    [InlineData("dbffffffff61")]
    [InlineData("daffff61")]
    [InlineData("d9ff61")]
    [InlineData("bf61")]
    [InlineData("c67fffffff00")]
    [InlineData("c6ffffffff00")]
    [InlineData("c5ffff00")]
    [InlineData("c4ff00")]
    [InlineData("c97fffffff0100")]
    [InlineData("c9ffffffff0100")]
    [InlineData("c8ffff0100")]
    [InlineData("c7ff0100")]
    [InlineData("92dd0000000190")]
    public void Declared_size_beyond_the_bytes_is_rejected_without_memory(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        Assert.Throws<EventSerializationException>(() => ReadValue(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EventSerializationException>(() => ReadValue(bytes));
        Assert.Throws<EventSerializationException>(() => SkipValue(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryOfAnException);
    }

    /// <summary>Nils in an array, pairs of an empty key and nil in a map, and empty arrays: what grows most in memory.</summary>
    [Theory]
    [InlineData("dd", "c0")]
    [InlineData("df", "a0c0")]
    [InlineData("dd", "90")]
    public void Value_of_too_many_values_is_rejected_before_memory_fills(string head, string item)
    {
        var passing = Values(SerializationLimits.MaxValues - 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(head == "dd" ? EventValueKind.Array : EventValueKind.Map, ReadValue(passing).Kind);
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{passing.Length} bytes allocated {GC.GetAllocatedBytesForCurrentThread() - before} bytes");
        Assert.Contains("more than",
            Assert.Throws<EventSerializationException>(() => ReadValue(Values(SerializationLimits.MaxValues))).Message,
            StringComparison.Ordinal);

        byte[] Values(int count)
        {
            var bytes = Convert.FromHexString(item);
            var values = new byte[5 + (count * bytes.Length)];
            Convert.FromHexString(head).CopyTo(values, 0);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(values.AsSpan(1), count);
            for (var i = 5; i < values.Length; i += bytes.Length)
                bytes.CopyTo(values, i);
            return values;
        }
    }

    [Theory]
    [InlineData("92" + "01", "92" + "0102")]
    [InlineData("dc0002" + "01", "dc0002" + "0102")]
    [InlineData("dd00000002" + "01", "dd00000002" + "0102")]
    [InlineData("82" + "010203", "82" + "01020304")]
    [InlineData("de0002" + "010203", "de0002" + "01020304")]
    [InlineData("df00000002" + "010203", "df00000002" + "01020304")]
    public void Begin_requires_a_byte_for_each_value_and_two_for_each_pair(string refused, string entered)
    {
        Assert.Throws<EventSerializationException>(() => Enter(refused));
        Enter(entered);

        static void Enter(string hex)
        {
            var reader = new MessagePackValueReader(Convert.FromHexString(hex));
            _ = reader.Kind == ValueKind.Array ? reader.BeginArray() : reader.BeginMap();
        }
    }

    [Fact]
    public void Nested_arrays_with_large_counts_allocate_for_their_items_only()
    {
        // Each array declares as many values as bytes follow, and is the first value of the one around it.
        const int Depth = 120;
        var bytes = new byte[Depth * 5];
        for (var i = 0; i < Depth; i++)
        {
            bytes[i * 5] = MessagePackCode.Array32;
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan((i * 5) + 1), bytes.Length - ((i + 1) * 5));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EventSerializationException>(() => ReadValue(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryOfAnException);
    }

    [Fact]
    public void Depth_of_128_is_accepted_and_129_rejected()
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var passes = Repeat(open, 128) + "1" + Repeat(close, 128);
            var fails = Repeat(open, 129) + "1" + Repeat(close, 129);
            Assert.Equal(
                passes, Encoded.Json((ref w) => default(EventValueFormatter).Write(ref w, Encoded.FromJson(passes,
                (ref r) => default(EventValueFormatter).Read(ref r)))));
            SkipJson(passes);
            Assert.Throws<EventSerializationException>(() => Encoded.FromJson(fails, (ref r) => default(EventValueFormatter).Read(ref r)));
            Assert.Throws<EventSerializationException>(() => SkipJson(fails));
        }

        foreach (var head in new[] { "91", "81a161" })
        {
            var passes = Convert.FromHexString(Repeat(head, 128) + "01");
            var fails = Convert.FromHexString(Repeat(head, 129) + "01");
            Assert.Equal(passes, Encoded.MessagePack((ref w) => default(EventValueFormatter).Write(ref w, ReadValue(passes))));
            SkipValue(passes);
            Assert.Equal(head.Length / 2 * 128, Assert.Throws<EventSerializationException>(() => ReadValue(fails)).Position);
            Assert.Equal(head.Length / 2 * 128, Assert.Throws<EventSerializationException>(() => SkipValue(fails)).Position);
        }
    }

    [Fact]
    public void Skip_counts_the_depth_of_its_start()
    {
        var bytes = Convert.FromHexString(Repeat("91", 129) + "01");
        Assert.Throws<EventSerializationException>(() => Encoded.FromMessagePack(bytes, (ref r) =>
        {
            for (var i = 0; i < 100; i++)
            {
                var cursor = r.BeginArray();
                Assert.True(r.MoveNext(ref cursor));
            }

            r.Skip();
            return 0;
        }));
    }

    [Fact]
    public void Depth_decreases_when_a_collection_ends()
    {
        var wide = string.Concat(Enumerable.Repeat("[],{},", 1000));
        SkipJson($"[{wide}1]");
        Encoded.FromJson($"[{wide}1]", (ref r) => default(EventValueFormatter).Read(ref r));
        var bytes = Convert.FromHexString("dc07d1" + Repeat("9080", 1000) + "01");
        SkipValue(bytes);
        Assert.Equal(2001, ReadValue(bytes).Items.Count);
    }

    [Fact]
    public void Skip_of_a_million_open_arrays_does_not_exhaust_the_stack()
    {
        Assert.Throws<EventSerializationException>(() => SkipJson(new string('[', 1_000_000)));
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, (byte)0x91);
        Assert.Throws<EventSerializationException>(() => SkipValue(bytes));
        Assert.Throws<EventSerializationException>(() => ReadValue(bytes));
    }

    [Fact]
    public void Truncated_MessagePack_is_rejected_at_any_length()
    {
        foreach (var bytes in MessagePacks())
        {
            for (var length = 0; length < bytes.Length; length++)
            {
                var truncated = bytes[..length];
                Assert.Throws<EventSerializationException>(() => ReadValue(truncated));
                Assert.Throws<EventSerializationException>(() => SkipValue(truncated));
            }

            ReadValue(bytes);
            SkipValue(bytes);
        }
    }

    [Fact]
    public void Truncated_JSON_is_rejected_at_any_length()
    {
        foreach (var json in new[] { """{"a":[1,-2.5e3,"x\u00e9\ud83d\ude00é",true,false,null,{}],"b":"€"}""", "\"abc\"", "[\"\\n\"]" })
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            for (var length = 0; length < bytes.Length; length++)
            {
                var truncated = bytes[..length];
                Assert.Throws<EventSerializationException>(
                    () => Encoded.FromJson(truncated, (ref r) => default(EventValueFormatter).Read(ref r)));
                Assert.Throws<EventSerializationException>(() => SkipJson(truncated));
            }

            SkipJson(bytes);
        }
    }

    [Fact]
    public void Bytes_after_the_MessagePack_value_are_rejected()
    {
        var exception = Assert.Throws<EventSerializationException>(() => SkipValue([0x01, 0x02]));
        Assert.Equal(1, exception.Position);
    }

    [Fact]
    public void Write_rejects_a_message_beyond_the_limit()
    {
        const int Limit = 2000;
        Assert.Equal(Limit, Write(Limit - 2));
        Assert.Throws<EventSerializationException>(() => Write(Limit - 1));
        Assert.Throws<EventSerializationException>(() => Write(100_000_000));

        static int Write(int length)
        {
            var text = new string('x', length);
            using var buffer = new PooledBuffer(Limit);
            var writer = new JsonValueWriter(buffer);
            writer.WriteString(text);
            return buffer.Length;
        }
    }

    [Fact]
    public void Write_rejects_large_text_and_binary_before_the_copy()
    {
        using var buffer = new PooledBuffer(2000);
        var bytes = new byte[1_000_000];
        var text = new string('x', 1_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<EventSerializationException>(() => new MessagePackValueWriter(buffer).WriteBinary(bytes));
        Assert.Throws<EventSerializationException>(() => new MessagePackValueWriter(buffer).WriteString(text));
        Assert.Throws<EventSerializationException>(() => new MessagePackValueWriter(buffer).WriteUtf8(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MemoryOfAnException);
    }

    [Fact]
    public void Write_into_a_grown_buffer_allocates_nothing()
    {
        using var buffer = new PooledBuffer();
        WriteBoth(buffer);
        WriteBoth(buffer);
        var before = GC.GetAllocatedBytesForCurrentThread();
        WriteBoth(buffer);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        static void WriteBoth(PooledBuffer buffer)
        {
            buffer.Clear();
            var json = new JsonValueWriter(buffer);
            WriteEverything(ref json);
            var messagePack = new MessagePackValueWriter(buffer);
            WriteEverything(ref messagePack);
        }

        static void WriteEverything<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            writer.BeginMap(1);
            writer.WriteKey("key");
            writer.BeginArray(9);
            writer.WriteInteger(123L);
            writer.WriteInteger(ulong.MaxValue);
            writer.WriteDouble(0.1);
            writer.WriteSingle(0.1f);
            writer.WriteString("text with \"escapes\" and é");
            writer.WriteUtf8("text"u8);
            writer.WriteTimestamp(DateTime.UnixEpoch);
            writer.WriteBoolean(true);
            default(GuidFormatter).Write(ref writer, Guid.Empty);
            writer.EndArray();
            writer.EndMap();
        }
    }

    [Fact]
    public void Disposed_buffer_throws()
    {
        var buffer = new PooledBuffer();
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.GetSpan(1));
        Assert.Throws<ObjectDisposedException>(() => buffer.WrittenMemory);
    }

    private static IEnumerable<byte[]> MessagePacks()
    {
        foreach (var hex in new[]
        {
            "cc80", "cd0100", "ce00010000", "cf0000000100000000", "d080", "d18000", "d280000000", "d38000000000000000",
            "ca3dcccccd", "cb3fb999999999999a", "d6ff00000000", "d7ff0000019000000000", "c70cff3b8b87c0ffffffffffffffff",
                "c8000cff3b8b87c0ffffffffffffffff",
        })
            yield return Convert.FromHexString(hex);
        foreach (var size in new[] { 1, 40, 300 })
        {
            yield return Encoded.MessagePack((ref w) => w.WriteString(new string('x', size)));
            yield return Encoded.MessagePack((ref w) => w.WriteBinary(new byte[size]));
            yield return Encoded.MessagePack(
                (ref w) => default(EventValueFormatter).Write(ref w, EventValue.FromArray([.. Enumerable.Repeat((EventValue)1.5, size)])));
            yield return Encoded.MessagePack((ref w) => default(EventValueFormatter).Write(
                ref w, EventValue.FromMap([.. Enumerable.Range(0, size).Select(i => KeyValuePair.Create($"k{i}", (EventValue)i))])));
        }
    }

    private static EventValue ReadValue(byte[] bytes) =>
        Encoded.FromMessagePack(bytes, (ref r) => default(EventValueFormatter).Read(ref r));

    private static void SkipValue(byte[] bytes) => Encoded.FromMessagePack(bytes, (ref r) =>
    {
        r.Skip();
        return 0;
    });

    private static void SkipJson(string json) => SkipJson(Encoding.UTF8.GetBytes(json));

    private static void SkipJson(byte[] json) => Encoded.FromJson(json, (ref r) =>
    {
        r.Skip();
        return 0;
    });

    private static string Repeat(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
