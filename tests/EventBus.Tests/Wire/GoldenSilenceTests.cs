using System.Numerics;
using EventBus.Serialization;
using EventBus.Tests.Cluster;

namespace EventBus.Tests.Wire;

/// <summary>
/// Repeats the captured calls after which the reference published nothing: either nothing is to be published, or it fails.
/// </summary>
public sealed class GoldenSilenceTests
{
    [Fact]
    public void Captures_without_a_message_each_have_a_test() => Assert.Equal(
        [
            "015-attachment-dates-and-odd-objects-with-function", // .NET has no functions to send; 016 is the same call without one.
            "022-depth-120-attachment",
            "023-bigint-inline",
            "024-bigint-attachment",
            "027-boundary-8000",
            "039-flag-local",
            "043-socket-emit-direct",
        ],
        GoldenVectors.Silent);

    [Fact]
    public async Task Local_and_rejected_calls_publish_nothing()
    {
        var cluster = new TestCluster();
        var node = await cluster.StartNodeAsync("a");
        var (socket, inbox) = await node.ConnectAsync();
        cluster.Hub.TakeNotifications();

        await node.Bus.Of().All.Local.EmitAsync("l", new EventValue[] { 1 });
        await node.Bus.Of().To(socket.Id).Local.EmitAsync("se", new EventValue[] { 1 });

        Assert.Equal("l(1)", await inbox.NextAsync());
        Assert.Equal("se(1)", await inbox.NextAsync());
        Assert.Empty(cluster.Hub.TakeNotifications());
    }

    [Fact]
    public void Broadcast_attaches_nesting_that_is_too_deep_for_the_reference()
    {
        const int depth = 120;
        var nested = Enumerable.Range(0, depth)
            .Aggregate((EventValue)"end", static (inner, _) => EventValue.FromMap(new KeyValuePair<string, EventValue>("d", inner)));

        using var message = Message.Encoder(source: null).Broadcast(new Data("deep", new byte[] { 1 }, nested), default);
        message.Number(1, 1);

        Assert.True(message.IsAttached);
        Assert.Equal(EventValue.FromArray("deep", new byte[] { 1 }, nested), Decoding.Decode(message, "/").PacketData.ReadValue());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Broadcast_writes_a_large_integer_as_text(bool isAttached)
    {
        using var message = Message.Encoder(source: null).Broadcast(new BigData(isAttached), default);
        message.Number(1, 1);

        Assert.Equal(isAttached, message.IsAttached);
        Assert.Equal(
            isAttached ? EventValue.FromArray("big", "10", new byte[] { 1 }) : EventValue.FromArray("big", "10"),
            Decoding.Decode(message, "/").PacketData.ReadValue());
    }

    [Fact]
    public void Broadcast_attaches_a_notification_of_exactly_8000_bytes()
    {
        // The last length that fits, as captured, and one character more.
        var fits = GoldenVectors.Get("026-boundary-7999#0");
        var text = GoldenVectors.Parse(fits.Payload).GetProperty("data").GetProperty("packet").GetProperty("data")[1].GetString();

        using var message = Message.Encoder(source: null).Broadcast(Message.Event($"{text}x"), default);
        message.Number(1, 1);

        Assert.Equal(7999, fits.Payload.Length);
        Assert.True(message.IsAttached);
        Assert.Equal($"""["b","{text}x"]""", Message.AsJson(Decoding.Decode(message, "/").PacketData));
    }

    private readonly struct Data(params EventValue[] values) : IWritable
    {
        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            EventValue all = EventValue.FromArray(values);
            default(EventValueFormatter).Write(ref writer, in all);
        }
    }

    private readonly struct BigData(bool hasBinary) : IWritable
    {
        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            writer.BeginArray(hasBinary ? 3 : 2);
            writer.WriteString("big");
            default(BigIntegerFormatter).Write(ref writer, new BigInteger(10));
            if (hasBinary)
                writer.WriteBinary([1]);
            writer.EndArray();
        }
    }
}
