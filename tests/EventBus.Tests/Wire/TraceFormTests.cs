using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Tests.Wire;

/// <summary>A trace is at the end of a message that has room for it, and never changes the form of a message.</summary>
public sealed class TraceFormTests
{
    private const int Threshold = EventBusDefaults.PayloadThreshold;
    private const string Baggage = "user=ann";
    private const int BaggageBytes = 7 + 8;

    private readonly BusDiagnostics _diagnostics = Traces.Diagnostics();

    [Fact]
    public void Number_appends_the_trace_to_the_key()
    {
        using var plain = Message.Encoder().Broadcast(Message.Event("x"), default);
        using var traced = Message.Encoder().Broadcast(Message.Event("x"), default, trace: Traces.Sent(Baggage));
        plain.Number(42, 0);
        traced.Number(42, 0);

        var text = Message.Text(plain.Payload);
        Assert.Equal($"{text[..^2]},\"b\":\"user=ann\",\"t\":\"{Traces.Parent}\"}}}}", Message.Text(traced.Payload));
        Assert.Equal(Traces.ParentBytes + BaggageBytes, traced.Payload.Length - plain.Payload.Length);
        AssertTrace(traced, Baggage);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public void Decode_returns_the_trace_of_every_kind_of_event(bool isAttached, bool hasUniqueId)
    {
        var encoder = hasUniqueId ? Message.Encoder().WithinTransactions() : Message.Encoder();
        var value = isAttached ? Message.BinaryEvent() : Message.Event("x");
        using var broadcast = encoder.Broadcast(value, default, trace: Traces.Sent(Baggage));
        using var withAck = encoder.Broadcast(value, default, "0123456789abcdef", Traces.Sent());
        using var serverSide = encoder.ServerSideEmit(value, trace: Traces.Sent());
        foreach (var (message, baggage) in new[] { (broadcast, Baggage), (withAck, ""), (serverSide, "") })
        {
            message.Number(7, 0);
            Assert.Equal(isAttached, message.IsAttached);
            AssertTrace(message, baggage);
        }
    }

    [Fact]
    public void Number_leaves_the_header_of_an_attachment_as_it_is()
    {
        using var plain = Message.Encoder().Broadcast(Message.BinaryEvent(), default);
        using var traced = Message.Encoder().Broadcast(Message.BinaryEvent(), default, trace: Traces.Sent(Baggage));
        plain.Number(42, 0);
        traced.Number(42, 0);
        Assert.Equal(Message.Text(plain.Head) + Message.Text(plain.Tail), Message.Text(traced.Head) + Message.Text(traced.Tail));
    }

    [Theory]
    [InlineData(Threshold - 1 - Traces.ParentBytes - BaggageBytes, true, true, 0, 0)]
    [InlineData(Threshold - Traces.ParentBytes - BaggageBytes, true, false, 0, 1)]
    [InlineData(Threshold - 1 - Traces.ParentBytes, true, false, 0, 1)]
    [InlineData(Threshold - Traces.ParentBytes, false, false, 1, 1)]
    [InlineData(Threshold - 1, false, false, 1, 1)]
    public void Number_drops_first_the_baggage_and_then_all(int bytes, bool hasParent, bool hasBaggage, int traces, int baggages)
    {
        using var message = Message.Encoder().Broadcast(
            Message.Event(TextFor(bytes)), default, trace: Traces.Sent(_diagnostics, Baggage));
        message.Number(1, 0);
        Assert.Equal((0, 0), (_diagnostics.DroppedTraces.Value, _diagnostics.DroppedBaggage.Value));
        message.Trace!.ReportDropped();
        message.Trace.ReportDropped();

        Assert.False(message.IsAttached);
        Assert.Equal(
            bytes + (hasParent ? Traces.ParentBytes : 0) + (hasBaggage ? BaggageBytes : 0), message.Payload.Length);
        var trace = Decoding.Decode(message, "/").Trace;
        Assert.Equal((hasParent, hasBaggage), (!trace.Parent.IsEmpty, !trace.Baggage.IsEmpty));
        Assert.Equal((traces, baggages), (_diagnostics.DroppedTraces.Value, _diagnostics.DroppedBaggage.Value));
    }

    [Theory]
    [InlineData(Threshold)]
    [InlineData(300)]
    [InlineData(128)]
    public void Number_chooses_the_form_as_without_a_trace(int threshold)
    {
        var encoder = Message.Encoder(payloadThreshold: threshold);
        using var empty = encoder.Broadcast(Message.Event(""), default);
        empty.Number(1, 0);
        var least = empty.IsAttached ? 0 : Math.Max(0, threshold - empty.Payload.Length - 200);
        for (var length = least; length < least + 400; length++)
        {
            using var plain = encoder.Broadcast(Message.Event(new string('x', length)), default);
            using var traced = encoder.Broadcast(
                Message.Event(new string('x', length)), default, trace: Traces.Sent(new string('a', 8_000)));
            plain.Number(long.MaxValue, 0);
            var before = traced.PacketData.Bytes;
            traced.Number(long.MaxValue, 0);

            Assert.Equal(plain.IsAttached, traced.IsAttached);
            Assert.True(before.Span == traced.PacketData.Bytes.Span, "the data was moved");
            Assert.Equal(plain.IsAttached, Decoding.Decode(traced, "/").Trace.Baggage.Length > 0);
            if (!traced.IsAttached)
                Assert.InRange(traced.Payload.Length, plain.Payload.Length, threshold - 1);
        }
    }

    [Fact]
    public void Broadcast_of_the_largest_size_has_no_room_for_a_trace()
    {
        var encoder = new MessageEncoder(Message.Encoder().Options with { MaxMessageBytes = 100_000 });
        var length = 99_000;
        while (Fits(length + 1, trace: null))
            length++;
        for (var rest = 0; rest < 100; rest++)
            Assert.True(Fits(length - rest, Traces.Sent(_diagnostics, Baggage)));
        Assert.False(Fits(length + 1, Traces.Sent(Baggage)));
        Assert.InRange(_diagnostics.DroppedTraces.Value, 1, 99);
        Assert.Equal(_diagnostics.DroppedTraces.Value, _diagnostics.DroppedBaggage.Value);

        bool Fits(int length, SentTrace? trace)
        {
            try
            {
                using var message = encoder.Broadcast(Message.Event(new string('x', length)), default, trace: trace);
                message.Number(long.MaxValue, 0);
                trace?.ReportDropped();
                Assert.InRange(message.Attachment.Length, 0, 100_000);
                Decoding.Decode(message, "/");
                return true;
            }
            catch (EventSerializationException)
            {
                return false;
            }
        }
    }

    [Theory]
    [InlineData("\"t\":7")]
    [InlineData("\"t\":null")]
    [InlineData("\"t\":{\"x\":[1]},\"b\":[]")]
    [InlineData("\"t\":\"\"")]
    [InlineData("\"t\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331\"")]
    [InlineData("\"t\":\"zz-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"")]
    [InlineData("\"t\":\"00-00000000000000000000000000000000-b7ad6b7169203331-01\"")]
    [InlineData("\"t\":\"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01\"")]
    [InlineData("\"t\":\"00-0af7651916cd43dd8448eb211c80319ß-b7ad6b7169203331-0\"")]
    public void Decode_a_forged_trace_costs_no_event(string forged)
    {
        using var message = Message.Encoder().Broadcast(Message.Event("x"), default);
        message.Number(7, 0);
        var json = $"{Message.Text(message.Payload)[..^2]},{forged}}}}}";
        var decoded = Decoding.Decode(System.Text.Encoding.UTF8.GetBytes(json), attachment: null, "/");
        Assert.Equal(new SequenceKey(Message.Source, 7), decoded.Key);
        Assert.Equal(default, TraceText.ReadParent(decoded.Trace.Parent.Span));
    }

    [Fact]
    public void ReadParent_reads_a_context()
    {
        var context = TraceText.ReadParent(System.Text.Encoding.ASCII.GetBytes(Traces.Parent));
        Assert.Equal("0af7651916cd43dd8448eb211c80319c", context.TraceId.ToHexString());
        Assert.Equal("b7ad6b7169203331", context.SpanId.ToHexString());
        Assert.True(context.IsRemote);
    }

    private static void AssertTrace(OutgoingMessage message, string baggage)
    {
        var trace = Decoding.Decode(message, "/").Trace;
        Assert.Equal((Traces.Parent, baggage), (Message.Text(trace.Parent), Message.Text(trace.Baggage)));
    }

    /// <summary>Returns a text that gives the notification without a trace this length.</summary>
    private static string TextFor(int bytes)
    {
        using var empty = Message.Encoder().Broadcast(Message.Event(""), default);
        empty.Number(1, 0);
        return new string('x', bytes - empty.Payload.Length);
    }
}
