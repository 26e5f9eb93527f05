using System.Buffers;
using System.Globalization;
using EventBus.Serialization;
using MessagePack;
using MessagePack.Resolvers;

namespace EventBus.MessagePackTests.Codec;

internal delegate object? EventBusRead(ref MessagePackValueReader reader);

internal delegate object? MessagePackRead(ref MessagePackReader reader);

internal delegate void EventBusWrite(ref MessagePackValueWriter writer);

internal delegate void MessagePackWrite(ref MessagePackWriter writer);

/// <summary>The same reading or writing by both implementations: each returns the value or the exception as text.</summary>
internal sealed record Attempt(Func<string> EventBus, Func<string> MessagePack)
{
    private static readonly MessagePackSerializerOptions Untyped =
        MessagePackSerializerOptions.Standard.WithResolver(PrimitiveObjectResolver.Instance);

    /// <summary>Reads a value of no fixed type with each reader.</summary>
    public static Attempt Value(string hex) => Value(Convert.FromHexString(hex));

    public static Attempt Value(byte[] bytes) => new(() => Outcome.OfEventBus(bytes).ToString(), () => Outcome.OfReader(bytes).ToString());

    /// <summary>Reads a value of no fixed type with the codec and with MessagePack-CSharp's serializer.</summary>
    public static Attempt Object(string hex) => Object(Convert.FromHexString(hex));

    public static Attempt Object(byte[] bytes) => new(
        () => Outcome.OfEventBus(bytes).ToString(),
        () => TextOf(() => MessagePackSerializer.Deserialize<object?>(bytes, Untyped)));

    /// <summary>Reads a value of a certain type.</summary>
    public static Attempt Read(string hex, EventBusRead eventBus, MessagePackRead messagePack) =>
        Read(Convert.FromHexString(hex), eventBus, messagePack);

    public static Attempt Read(byte[] bytes, EventBusRead eventBus, MessagePackRead messagePack) => new(
        () => TextOf(() =>
        {
            var reader = new MessagePackValueReader(bytes);
            return eventBus(ref reader);
        }),
        () => TextOf(() =>
        {
            var reader = new MessagePackReader(bytes);
            return messagePack(ref reader);
        }));

    /// <summary>Writes a value; the outcome is its bytes.</summary>
    public static Attempt Write(EventBusWrite eventBus, MessagePackWrite messagePack) => new(
        () => TextOf(() =>
        {
            using var buffer = new PooledBuffer();
            var writer = new MessagePackValueWriter(buffer);
            eventBus(ref writer);
            return buffer.WrittenSpan.ToArray();
        }),
        () => TextOf(() =>
        {
            var output = new ArrayBufferWriter<byte>();
            var writer = new MessagePackWriter(output);
            messagePack(ref writer);
            writer.Flush();
            return output.WrittenSpan.ToArray();
        }));

    private static string TextOf(Func<object?> attempt)
    {
        try
        {
            return Text(attempt());
        }
        catch (Exception exception) when (exception is EventSerializationException || Outcome.IsDocumented(exception))
        {
            return Outcome.Text(exception);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "null",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        DateTime time => time.ToString("O", CultureInfo.InvariantCulture),
        IDictionary<object, object?> map => $"{{{string.Join(',', map.Select(static pair => $"{Text(pair.Key)}:{Text(pair.Value)}"))}}}",
        object?[] items => $"[{string.Join(',', items.Select(Text))}]",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
