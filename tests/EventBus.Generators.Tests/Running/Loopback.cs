using System.Text;
using EventBus.CompilerServices;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

/// <summary>
/// Encodes the events of emitted senders, decodes them and calls a handler. This runs all of the emitted code without a transport.
/// </summary>
internal sealed class Loopback<TContract>(ValueEncoding encoding, TContract handler) : FakeSender
    where TContract : class
{
    /// <summary>The node that every event comes from.</summary>
    public const string Sender = "0123456789abcdef";

    public Emitter<TContract> Emitter => new(this);

    /// <summary>The last event: JSON as text, MessagePack in hexadecimal.</summary>
    public string Wire { get; private set; } = "";

    /// <summary>The token that handlers receive.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The greatest length of an event in bytes.</summary>
    public int MaxBytes { get; init; } = EventBusDefaults.MaxMessageBytes;

    public RoomSet Rooms { get; private set; }

    public CancellationToken CancellationToken { get; private set; }

    public ValueTask ReceiveAsync(string json) => ReceiveAsync(json, ValueEncoding.Json);

    /// <summary>Receives an event of a peer: the JSON, or the same value in MessagePack.</summary>
    public async ValueTask ReceiveAsync(string json, ValueEncoding received)
    {
        using var buffer = new PooledBuffer();
        var text = Encoding.UTF8.GetBytes(json);
        if (received == ValueEncoding.Json)
            buffer.Write(text);
        else
            Write(new WritableValue(new EncodedValue(text, ValueEncoding.Json).ReadValue()), buffer, received);
        await DeliverAsync(buffer, received);
    }

    public async ValueTask ReceiveHexAsync(string hex)
    {
        using var buffer = new PooledBuffer();
        buffer.Write(Convert.FromHexString(hex));
        await DeliverAsync(buffer, ValueEncoding.MessagePack);
    }

    public override ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
    {
        Rooms = target.Rooms;
        CancellationToken = cancellationToken;
        return SendAsync(packet);
    }

    public override bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
    {
        Rooms = target.Rooms;
        return SendAsync(packet).AsTask().IsCompletedSuccessfully;
    }

    public override ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
    {
        CancellationToken = cancellationToken;
        return SendAsync(packet);
    }

    private async ValueTask SendAsync<TData>(TData data)
        where TData : IWritable
    {
        using var buffer = new PooledBuffer(MaxBytes);
        Write(data, buffer, encoding);
        Wire = encoding == ValueEncoding.Json ? Encoding.UTF8.GetString(buffer.WrittenSpan) : Convert.ToHexString(buffer.WrittenSpan);
        await DeliverAsync(buffer, encoding);
    }

    private static void Write<TData>(TData data, PooledBuffer buffer, ValueEncoding form)
        where TData : IWritable
    {
        if (form == ValueEncoding.Json)
        {
            var json = new JsonValueWriter(buffer);
            data.WriteTo(ref json);
        }
        else
        {
            var messagePack = new MessagePackValueWriter(buffer);
            data.WriteTo(ref messagePack);
        }
    }

    private async ValueTask DeliverAsync(PooledBuffer buffer, ValueEncoding received)
    {
        var binding = Contract<TContract>.Required.Find(EventName(buffer.WrittenSpan, received));
        Assert.NotNull(binding);
        var origin = new EventOrigin { Namespace = "/", Sender = Sender, Number = 7, Rooms = Rooms, Time = TimeProvider.System };
        await binding.Decode(new EncodedValue(buffer.WrittenMemory, received), in origin).InvokeAsync(handler, receiver: null, Stop);
    }

    private static byte[] EventName(ReadOnlySpan<byte> data, ValueEncoding encoding)
    {
        if (encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(data);
            return EventName(ref json);
        }

        var messagePack = new MessagePackValueReader(data);
        return EventName(ref messagePack);
    }

    private static byte[] EventName<TReader>(ref TReader reader)
        where TReader : IValueReader, allows ref struct
    {
        var cursor = reader.BeginArray();
        Assert.True(reader.MoveNext(ref cursor));
        return reader.ReadUtf8().ToArray();
    }
}
