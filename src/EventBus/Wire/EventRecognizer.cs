using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using EventBus.Serialization;

namespace EventBus.Wire;

/// <summary>
/// Reads notifications. Nearly all are events to one room or to all sockets, without acks and flags: it recognizes them, and parses only
/// their arguments. Not thread-safe: the pump owns it.
/// </summary>
/// <remarks>
/// The bytes before the arguments are constant. The bytes behind them must be those of an earlier event of the same source, except for the
/// room, the number and the trace, and that event was read by <see cref="NotificationDecoder"/>. So the result is always that of the
/// decoder, which reads all other messages.
/// </remarks>
internal sealed class EventRecognizer
{
    private const int SlotBits = 8;

    // The last bytes before the number of a .NET event are its source, 16 hex digits, and ","n":
    private const int HashedFromEnd = 14;

    private const int MostDigits = 18; // fit 64 bits

    private readonly Ending?[] _endings = new Ending?[1 << SlotBits];

    /// <summary>The number of sources whose events are recognized, counted once per bus namespace.</summary>
    public int Count => _endings.Count(static ending => ending is not null);

    private static ReadOnlySpan<byte> BeforeArguments => "{\"type\":3,\"data\":{\"packet\":{\"type\":2,\"data\":"u8;

    /// <inheritdoc cref="NotificationDecoder.Decode"/>
    public ClusterMessage? Decode(
        ReadOnlyMemory<byte> payload, string busNamespace, out AttachmentHeader header, ClusterMessage? reused)
    {
        if (!TryReadArguments(payload, out var name, out var arguments))
            return NotificationDecoder.Decode(payload, busNamespace, out header, reused);

        var end = payload.Span[(BeforeArguments.Length + arguments.Length)..];
        var number = ReadNumber(ref end, out var hasTrace);
        ref var ending = ref _endings[SlotOf(end, busNamespace)];
        if (ending is not null && ending.Namespace == busNamespace && ending.TryRead(end, number, out var envelope))
        {
            header = default;
            envelope.Trace = hasTrace ? TraceTail.Of(payload) : default;
            envelope.Data.EventName = name;
            envelope.Data.PacketData = new EncodedValue(arguments, ValueEncoding.Json);
            return (reused ?? new ClusterMessage()).Set(envelope, busNamespace, payload.Length, isAttached: false);
        }

        var message = NotificationDecoder.Decode(payload, busNamespace, out header, reused);
        if (message is not null && Ending.Of(message, end, number) is { } learned)
            ending = learned;
        return message;
    }

    /// <exception cref="EventSerializationException">The arguments are malformed.</exception>
    private static bool TryReadArguments(ReadOnlyMemory<byte> payload, out ReadOnlyMemory<byte> name, out ReadOnlyMemory<byte> arguments)
    {
        (name, arguments) = (default, default);
        var bytes = payload.Span;
        if (!bytes.StartsWith(BeforeArguments) || !bytes[BeforeArguments.Length..].StartsWith("["u8))
            return false;
        var reader = new JsonValueReader(bytes, BeforeArguments.Length, MessageData.PacketDepth);
        name = MessageData.ReadName(ref reader, payload);
        arguments = payload[BeforeArguments.Length..reader.Position];
        return true;
    }

    /// <summary>
    /// Reads and removes the number, the context of a trace behind it, and the closing brackets; null if there is no number.
    /// </summary>
    private static long? ReadNumber(ref ReadOnlySpan<byte> end, out bool hasTrace)
    {
        hasTrace = false;
        if (!end.EndsWith("}}"u8))
            return null;
        var text = end[..^2];
        hasTrace = TraceTail.TryRemoveParent(ref text);
        var digits = text[(text.LastIndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1)..];
        if (digits.Length is 0 or > MostDigits || digits[0] == '0' || !Utf8Parser.TryParse(digits, out long number, out _))
        {
            hasTrace = false;
            return null;
        }

        end = text[..^digits.Length];
        return number;
    }

    // All namespaces of a node have one source.
    private static int SlotOf(ReadOnlySpan<byte> end, string busNamespace)
    {
        var hash = end.Length < HashedFromEnd ? 0 : MemoryMarshal.Read<ulong>(end[^HashedFromEnd..]);
        return (int)(((hash ^ (uint)busNamespace.GetHashCode()) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));
    }

    /// <summary>The bytes behind the arguments of a source's events, around the room and up to the number, and their meaning.</summary>
    private sealed class Ending
    {
        private readonly byte[] _beforeRoom;
        private readonly byte[] _afterRoom;
        private readonly string _uid;
        private readonly string? _source;

        private Ending(ClusterMessage message, ReadOnlySpan<byte> beforeRoom, ReadOnlySpan<byte> afterRoom)
        {
            _beforeRoom = beforeRoom.ToArray();
            _afterRoom = afterRoom.ToArray();
            _uid = message.Uid;
            _source = message.Key.Source;
            Namespace = message.Namespace;
        }

        public string Namespace { get; }

        private static ReadOnlySpan<byte> Rooms => "},\"opts\":{\"rooms\":["u8;

        /// <summary>Returns the ending of an event that was parsed; null if its events cannot be recognized.</summary>
        public static Ending? Of(ClusterMessage message, ReadOnlySpan<byte> end, long? number)
        {
            if (message.RequestId is not null
                || message.Options is not { Rooms.Count: <= 1, Except.Count: 0, Volatile: false, Compress: null } options
                || options is not { TimeoutMilliseconds: null, ExpectSingleResponse: false })
            {
                return null;
            }

            // The emitter of Socket.IO repeats the namespace in the packet.
            var before = end.StartsWith(Rooms) ? 0 : LengthOfNamespace(end, message.Namespace);
            if (!end[before..].StartsWith(Rooms))
                return null;
            before += Rooms.Length;
            if (!TryReadRoom(end[before..], out _, out var length))
                return null;
            var after = end[(before + length)..];
            return after.StartsWith("]"u8) && IsEndOf(message.Key, end, number) ? new Ending(message, end[..before], after) : null;
        }

        public bool TryRead(ReadOnlySpan<byte> end, long? number, out Envelope envelope)
        {
            envelope = default;
            if (!end.StartsWith(_beforeRoom) || number is null != _source is null)
                return false;
            end = end[_beforeRoom.Length..];
            if (!TryReadRoom(end, out var rooms, out var length) || !end[length..].SequenceEqual(_afterRoom))
                return false;
            envelope.Type = MessageType.Broadcast;
            envelope.Uid = _uid;
            envelope.Key = new SequenceKey(_source, number);
            envelope.Data.Options = new BroadcastOptions { Rooms = rooms };
            return true;
        }

        private static int LengthOfNamespace(ReadOnlySpan<byte> end, string busNamespace)
        {
            var bytes = Encoding.UTF8.GetBytes($",\"nsp\":\"{busNamespace}\"");
            return end.StartsWith(bytes) ? bytes.Length : 0;
        }

        /// <summary>Reads a room without escapes, or the end of an empty list.</summary>
        private static bool TryReadRoom(ReadOnlySpan<byte> bytes, out RoomSet rooms, out int length)
        {
            (rooms, length) = (default, 0);
            if (bytes.StartsWith("]"u8))
                return true;
            if (!bytes.StartsWith("\""u8))
                return false;
            var room = bytes[1..];
            var end = room.IndexOfAnyExcept(JsonText.PlainBytes);
            if (end < 0 || room[end] != '"')
                return false;
            rooms = RoomSet.Of(NameCache.Get(room[..end]));
            length = end + 2;
            return true;
        }

        /// <summary>Whether the bytes up to the number are those of a key, so that this is its number, and no other one.</summary>
        private static bool IsEndOf(in SequenceKey key, ReadOnlySpan<byte> end, long? number) =>
            key == new SequenceKey(key.Source, number)
            && (key.Source is null || end.EndsWith(Encoding.UTF8.GetBytes(NumberTail.TextBefore(key.Source))));
    }
}
