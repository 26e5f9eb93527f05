using System.Globalization;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>The form of a message: the bytes of the whole notification decide, including the digits of its number.</summary>
public class MessageFormTests
{
    private const int Threshold = EventBusDefaults.PayloadThreshold;

    [Theory]
    [InlineData(Threshold - 2, false)]
    [InlineData(Threshold - 1, false)]
    [InlineData(Threshold, true)]
    [InlineData(Threshold + 1, true)]
    public void Number_attaches_a_notification_from_8000_bytes(int bytes, bool isAttached)
    {
        using var message = Message.Encoder().Broadcast(Message.Event(TextFor(bytes, number: 1)), default);
        message.Number(1, 0);
        Assert.Equal(isAttached, message.IsAttached);
        if (!isAttached)
            Assert.Equal(bytes, message.Payload.Length);
    }

    [Theory]
    [InlineData(Threshold - 1, false)]
    [InlineData(Threshold, true)]
    public void Number_counts_bytes_instead_of_characters(int bytes, bool isAttached)
    {
        var text = TextFor(bytes, number: 1);
        var accents = new string('é', text.Length / 2) + new string('x', text.Length % 2);
        using var message = Message.Encoder().Broadcast(Message.Event(accents), default);
        message.Number(1, 0);
        Assert.Equal(isAttached, message.IsAttached);
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(long.MaxValue, true)]
    public void Number_counts_the_digits_of_the_number(long number, bool isAttached)
    {
        var text = TextFor(Threshold - 1, number: 9);
        using var message = Message.Encoder().Broadcast(Message.Event(text), default);
        message.Number(number, 0);

        Assert.Equal(isAttached, message.IsAttached);
        var decoded = Decoding.Decode(message, "/");
        Assert.Equal(number, decoded.Key.Number);
        Assert.Equal($"""["b","{text}"]""", Message.AsJson(decoded.PacketData));
    }

    [Theory]
    [InlineData(9, 9, false)]
    [InlineData(9, 10, true)]
    [InlineData(10, 9, true)]
    public void Number_counts_the_digits_of_the_ordinal(long number, long ordinal, bool isAttached)
    {
        const string RequestId = "0123456789abcdef";
        var encoder = Message.Encoder();
        using var empty = encoder.BroadcastAck(RequestId, Message.Json("\"\""));
        empty.Number(9, 9);
        using var message = encoder.BroadcastAck(RequestId, Message.Json($"\"{new string('x', Threshold - 1 - empty.Payload.Length)}\""));
        message.Number(number, ordinal);

        Assert.Equal(isAttached, message.IsAttached);
        var decoded = Decoding.Decode(message, "/");
        Assert.Equal(new SequenceKey(Message.Source, number, null, ordinal), decoded.Key);
    }

    [Fact]
    public void Number_attaches_from_a_lower_configured_threshold()
    {
        var encoder = Message.Encoder(payloadThreshold: 300);
        var text = TextFor(300, number: 1);
        using var small = encoder.Broadcast(Message.Event(text[1..]), default);
        using var large = encoder.Broadcast(Message.Event(text), default);
        small.Number(1, 0);
        large.Number(2, 0);
        Assert.False(small.IsAttached);
        Assert.True(large.IsAttached);
    }

    [Fact]
    public void Broadcast_attaches_binary()
    {
        using var message = Message.Encoder().Broadcast(Message.BinaryEvent(), default);
        message.Number(1, 0);
        Assert.True(message.IsAttached);
        Assert.Equal(Message.BinaryEvent().Value, Decoding.Decode(message, "/").PacketData, SameBytes.Instance);
    }

    [Fact]
    public void BroadcastAck_attaches_binary()
    {
        using var message = Message.Encoder().BroadcastAck("0123456789abcdef", Message.BinaryEvent());
        message.Number(1, 1);
        Assert.True(message.IsAttached);
        Assert.Equal(Message.BinaryEvent().Value, Decoding.Decode(message, "/").Ack, SameBytes.Instance);
    }

    [Fact]
    public void Broadcast_attaches_a_text_far_over_the_threshold()
    {
        var text = new string('x', 1_000_000);
        using var message = Message.Encoder().Broadcast(Message.Event(text), default);
        message.Number(1, 0);
        Assert.True(message.IsAttached);
        Assert.Equal($"""["b","{text}"]""", Message.AsJson(Decoding.Decode(message, "/").PacketData));
    }

    [Fact]
    public void Broadcast_keeps_an_escaped_text_inline_if_it_fits()
    {
        var encoder = Message.Encoder();
        using var empty = encoder.Broadcast(Message.Event(""), default);
        empty.Number(1, 0);
        var escapes = (Threshold - 1 - empty.Payload.Length) / 6;
        using var message = encoder.Broadcast(Message.Event(string.Concat(Enumerable.Repeat("\\u0001", escapes))), default);
        message.Number(1, 0);
        Assert.False(message.IsAttached);
    }

    [Fact]
    public void Broadcast_rejects_a_message_over_MaxMessageBytes()
    {
        var encoder = new MessageEncoder(Message.Encoder().Options with { MaxMessageBytes = 100_000 });
        using var fits = encoder.Broadcast(Message.Event(new string('x', 99_000)), default);
        Assert.Throws<EventSerializationException>(() => encoder.Broadcast(Message.Event(new string('x', 99_900)), default));
        Assert.Throws<EventSerializationException>(() => encoder.Broadcast(Message.Event(new string('x', 200_000)), default));
    }

    /// <summary>Returns a text that gives the notification this length.</summary>
    private static string TextFor(int bytes, long number)
    {
        using var empty = Message.Encoder().Broadcast(Message.Event(""), default);
        empty.Number(number, 0);
        Assert.EndsWith(
            $"\"n\":{number.ToString(CultureInfo.InvariantCulture)}}}}}", Message.Text(empty.Payload), StringComparison.Ordinal);
        return new string('x', bytes - empty.Payload.Length);
    }
}
