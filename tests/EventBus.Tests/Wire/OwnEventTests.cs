using System.Text;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

public sealed class OwnEventTests
{
    private static readonly string Before = NumberTail.TextBefore(Message.Source);

    [Theory]
    [InlineData(1)]
    [InlineData(long.MaxValue)]
    public void IsBroadcastOf_event_of_the_source_is_found(long number)
    {
        using var message = Message.Encoder().Broadcast(Message.Event("x"), default);
        message.Number(number, 0);
        Assert.True(NumberTail.IsBroadcastOf(Text(message), Before));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("user=ann,plan=free")]
    public void IsBroadcastOf_event_with_a_trace_is_found(string? baggage)
    {
        using var message = Message.Encoder().Broadcast(Message.Event("x"), default, trace: Traces.Sent(baggage));
        message.Number(7, 0);
        Assert.True(NumberTail.IsBroadcastOf(Text(message), Before));
    }

    [Fact]
    public void IsBroadcastOf_messages_that_must_be_read_are_not()
    {
        using var other = Message.Encoder("00112233445566fe").Broadcast(Message.Event("x"), default);
        using var heartbeat = Message.Encoder().Heartbeat();
        using var announcement = Message.Encoder().InitialHeartbeat();
        using var reference = Message.Encoder(source: null).Broadcast(Message.Event("x"), default);
        foreach (var message in new[] { other, heartbeat, announcement, reference })
        {
            message.Number(1, 0);
            Assert.False(NumberTail.IsBroadcastOf(Text(message), Before));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("}}")]
    [InlineData("""{"type":3,}}""")]
    [InlineData("""{"type":3,"eb":{"s":"00112233445566ff","n":1}}x""")]
    [InlineData("""{"type":3,"uid":"x","eb":{"s":"00112233445566ff","n":}}""")]
    [InlineData("""{"type":3,"data":{"x":{"eb":{"s":"00112233445566ff","n":1,"b":"x"}},"eb":{"s":"00112233445566fe","i":"1"}}""")]
    [InlineData("""{"type":3,"data":{"x":{"eb":{"s":"00112233445566ff","n":1,"t":"x"}},"eb":{"s":"00112233445566fe","i":"1"}}""")]
    [InlineData("""{"type":3,"eb":{"s":"00112233445566ff","n":1,"t":"x","b":"y"}}""")]
    [InlineData("""{"type":3,"data":{"packet":{"data":["\",\"eb\":{\"s\":\"00112233445566ff\",\"n\":1}}"]}}}""")]
    public void IsBroadcastOf_other_text_is_not(string json) => Assert.False(NumberTail.IsBroadcastOf(json, Before));

    private static string Text(OutgoingMessage message) => Encoding.UTF8.GetString(message.Payload.Span);
}
