using BenchmarkDotNet.Attributes;
using EventBus.Tests.Wire;
using EventBus.Wire;

namespace EventBus.Benchmarks.Micro;

/// <summary>One event of about 200 bytes in its notification, and one of 10 kB as an attachment.</summary>
public class WireBenchmarks
{
    private readonly MessageEncoder _encoder = Message.Encoder();
    private readonly EventRecognizer _recognizer = new();
    private readonly ClusterMessage _reused = new();
    private readonly BroadcastOptions _room = new() { Rooms = RoomSet.Of("room1") };
    private readonly EncodedCopy _short = Message.Event("a text of the usual length");
    private readonly EncodedCopy _long = Message.Event(new string('x', 10_000));
    private byte[] _payload = [];

    [GlobalSetup]
    public void EncodeOnce()
    {
        using var message = _encoder.Broadcast(_short, _room);
        message.Number(1, 0);
        _payload = message.Payload.ToArray();
    }

    [Benchmark(Description = "encode an event")]
    public int Encode() => Encode(_short);

    [Benchmark(Description = "encode 10 kB, which is attached")]
    public int EncodeAttached() => Encode(_long);

    [Benchmark(Description = "read an event like the one before")]
    public object? Recognize() => _recognizer.Decode(_payload, "/", out _, _reused);

    [Benchmark(Description = "read an event of any other form")]
    public object? Decode() => NotificationDecoder.Decode(_payload, "/", out _, _reused);

    private int Encode(EncodedCopy packet)
    {
        using var message = _encoder.Broadcast(packet, _room);
        message.Number(1, 0);
        return message.IsAttached ? message.Attachment.Length : message.Payload.Length;
    }
}
