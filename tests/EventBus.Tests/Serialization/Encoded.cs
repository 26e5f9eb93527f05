using System.Text;
using EventBus.Serialization;

namespace EventBus.Tests.Serialization;

/// <summary>Writes and reads single values in both encodings, for the tests.</summary>
internal static class Encoded
{
    public delegate void JsonWriting(ref JsonValueWriter writer);

    public delegate void MessagePackWriting(ref MessagePackValueWriter writer);

    public delegate T JsonReading<T>(ref JsonValueReader reader);

    public delegate T MessagePackReading<T>(ref MessagePackValueReader reader);

    public static string Json(JsonWriting write) => Encoding.UTF8.GetString(JsonBytes(write));

    public static byte[] JsonBytes(JsonWriting write)
    {
        using var buffer = new PooledBuffer();
        var writer = new JsonValueWriter(buffer);
        write(ref writer);
        Assert.Equal(buffer.Length, writer.BytesWritten);
        return buffer.WrittenSpan.ToArray();
    }

    public static byte[] MessagePack(MessagePackWriting write)
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        write(ref writer);
        Assert.Equal(buffer.Length, writer.BytesWritten);
        return buffer.WrittenSpan.ToArray();
    }

    public static string Hex(MessagePackWriting write) => Convert.ToHexStringLower(MessagePack(write));

    public static T FromJson<T>(string json, JsonReading<T> read) => FromJson(Encoding.UTF8.GetBytes(json), read);

    public static T FromJson<T>(byte[] json, JsonReading<T> read)
    {
        var reader = new JsonValueReader(json);
        var value = read(ref reader);
        reader.EnsureEnd();
        return value;
    }

    public static T FromHex<T>(string hex, MessagePackReading<T> read) => FromMessagePack(Convert.FromHexString(hex), read);

    public static T FromMessagePack<T>(byte[] bytes, MessagePackReading<T> read)
    {
        var reader = new MessagePackValueReader(bytes);
        var value = read(ref reader);
        reader.EnsureEnd();
        return value;
    }
}
