using System.Numerics;
using EventBus.Serialization;
using MessagePack;

namespace EventBus.MessagePackTests.Resolver;

/// <summary>The form of built-in types in a payload of EventBus, beside the form that StandardResolver writes.</summary>
public sealed class FormTests
{
    private static readonly DateTime Utc = new(2026, 11, 29, 12, 0, 0, DateTimeKind.Utc);

    private static readonly Dictionary<string, (string EventBus, string Standard)> Forms = new()
    {
        [nameof(Guid)] = Form<Guid, GuidFormatter>(Guid.Empty),
        [nameof(Decimal)] = Form<decimal, DecimalFormatter>(1.50m),
        [nameof(DateTime)] = Form<DateTime, DateTimeFormatter>(Utc),
        [nameof(DateTimeOffset)] = Form<DateTimeOffset, DateTimeOffsetFormatter>(Utc),
        [nameof(DateOnly)] = Form<DateOnly, DateOnlyFormatter>(new(2026, 11, 29)),
        [nameof(TimeOnly)] = Form<TimeOnly, TimeOnlyFormatter>(new(12, 0)),
        [nameof(TimeSpan)] = Form<TimeSpan, TimeSpanFormatter>(TimeSpan.FromSeconds(1)),
        [nameof(Char)] = Form<char, CharFormatter>('x'),
        [nameof(BigInteger)] = Form<BigInteger, BigIntegerFormatter>(7),
    };

    [Theory]
    [InlineData(nameof(Guid), "\"00000000-0000-0000-0000-000000000000\"", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData(nameof(Decimal), "\"1.50\"", "\"1.50\"")]
    [InlineData(nameof(DateTime), "\"2026-11-29T12:00:00.0000000Z\"", "\"2026-11-29T12:00:00.0000000Z\"")]
    [InlineData(nameof(DateTimeOffset), "\"2026-11-29T12:00:00.0000000Z\"", "[\"2026-11-29T12:00:00.0000000Z\",0]")]
    [InlineData(nameof(DateOnly), "\"2026-11-29\"", "739948")]
    [InlineData(nameof(TimeOnly), "\"12:00:00\"", "432000000000")]
    [InlineData(nameof(TimeSpan), "\"00:00:01\"", "10000000")]
    [InlineData(nameof(Char), "\"x\"", "120")]
    [InlineData(nameof(BigInteger), "\"7\"", "\"Bw==\"")]
    public void Form_in_a_payload_and_of_StandardResolver(string type, string eventBus, string standard) =>
        Assert.Equal((eventBus, standard), Forms[type]);

    private static (string EventBus, string Standard) Form<T, TFormatter>(T value)
        where TFormatter : struct, IFormatter<T>
    {
        using var buffer = new PooledBuffer();
        var writer = new MessagePackValueWriter(buffer);
        default(TFormatter).Write(ref writer, in value);
        var standard = MessagePackSerializer.Serialize(value, MessagePackSerializerOptions.Standard);
        return (MessagePackSerializer.ConvertToJson(buffer.WrittenSpan.ToArray()), MessagePackSerializer.ConvertToJson(standard));
    }
}
