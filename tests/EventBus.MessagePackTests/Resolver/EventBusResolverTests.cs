using System.Buffers;
using EventBus.Diagnostics;
using EventBus.Hosting;
using EventBus.MessagePack;
using EventBus.Transport;
using EventBus.Transport.InMemory;
using MessagePack;
using Microsoft.Extensions.Logging.Abstractions;

namespace EventBus.MessagePackTests.Resolver;

public sealed class EventBusResolverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Serializer_round_trips_a_class()
    {
        var bytes = MessagePackSerializer.Serialize(Samples.Order, Samples.Options, Cancellation);

        Samples.AssertEqual(Samples.Order, MessagePackSerializer.Deserialize<Order>(bytes, Samples.Options, Cancellation));
    }

    [Fact]
    public void Serializer_round_trips_a_struct_and_a_union()
    {
        Assert.Equal(new Money(3.50m, Currency.Dollar), RoundTrip(new Money(3.50m, Currency.Dollar)));
        Assert.Equal(new Card("4711"), RoundTrip<Payment>(new Card("4711")));
        Assert.Equal(new Invoice(30), RoundTrip<Payment>(new Invoice(30)));
    }

    [Fact]
    public void Serializer_round_trips_payloads_in_types_of_other_resolvers()
    {
        Line[] lines = [new("tea", 1, 1m), new("milk", 2, 2m)];

        Assert.Equal(lines, RoundTrip(lines));
        Assert.Equal(new Money(1m, Currency.Euro), RoundTrip<Money?>(new Money(1m, Currency.Euro)));
        Assert.Null(RoundTrip<Money?>(null));
        Assert.Equal("tea", RoundTrip(("tea", lines)).Item1);
    }

    [Fact]
    public void Serializer_allows_null_if_contracts_carry_the_type_with_and_without_null() =>
        Assert.Equal(["a", null], RoundTrip(new Page<string?>(["a", null])).Items);

    [Fact]
    public void Serializer_writes_null_as_nil()
    {
        Assert.Equal([MessagePackCode.Nil], MessagePackSerializer.Serialize<Order?>(null, Samples.Options, Cancellation));
        Assert.Null(MessagePackSerializer.Deserialize<Order?>(new[] { MessagePackCode.Nil }, Samples.Options, Cancellation));
        Assert.Throws<MessagePackSerializationException>(
            () => MessagePackSerializer.Deserialize<Money>(new[] { MessagePackCode.Nil }, Samples.Options, Cancellation));
    }

    [Fact]
    public void Serializer_reads_bytes_in_several_segments()
    {
        var bytes = MessagePackSerializer.Serialize(Samples.Order, Samples.Options, Cancellation);
        var first = new Segment(bytes.AsMemory(0, 20), 0);
        var last = first.Append(bytes.AsMemory(20));

        var sequence = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);

        Samples.AssertEqual(Samples.Order, MessagePackSerializer.Deserialize<Order>(sequence, Samples.Options, Cancellation));
    }

    [Fact]
    public void Serializer_throws_the_error_of_EventBus_for_bytes_of_another_type()
    {
        var bytes = MessagePackSerializer.Serialize(new { Id = "no Guid" }, Samples.Options, Cancellation);

        var exception = Assert.Throws<MessagePackSerializationException>(
            () => MessagePackSerializer.Deserialize<Order>(bytes, Samples.Options, Cancellation));

        Assert.IsType<EventSerializationException>(exception.InnerException);
    }

    [Fact]
    public void GetFormatter_returns_null_for_a_type_that_no_contract_carries() =>
        Assert.Null(EventBusResolver.Instance.GetFormatter<EventBusResolverTests>());

    [Fact]
    public void GetFormatter_returns_the_same_formatter_each_time() =>
        Assert.Same(EventBusResolver.Instance.GetFormatter<Line>(), EventBusResolver.Instance.GetFormatter<Line>());

    [Fact]
    public async Task Serializer_writes_the_bytes_of_the_attachment()
    {
        var cluster = new InMemoryCluster();
        var received = new ReceiveQueue<StoredNotification>(10);
        var diagnostics = new BusDiagnostics(NullLogger.Instance, errorHandler: null, time: TimeProvider.System);
        var listener = new InMemoryListener("receiver", received, diagnostics);
        Assert.True(cluster.Database.TryAdd(listener));
        await listener.ListenAsync("socket.io#/", "/", Cancellation);
        await using var publisher = EventBusPublisher.Create(cluster);

        await publisher.Emitter<IShopEvents>().Placed(Samples.Order, Cancellation);

        Assert.True(received.TryTake(out var notification));
        var bytes = MessagePackSerializer.Serialize(Samples.Order, Samples.Options, Cancellation);
        Assert.True(notification.Attachment!.Bytes.AsSpan().IndexOf(bytes) > 0);
    }

    private static T RoundTrip<T>(T value)
    {
        var bytes = MessagePackSerializer.Serialize(value, Samples.Options, Cancellation);
        return MessagePackSerializer.Deserialize<T>(bytes, Samples.Options, Cancellation);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
