using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace EventBus.Benchmarks.Events;

/// <summary>
/// The small event as EventBus sends it, about 189 bytes. The peers send the same bytes, so that a contender is not fast because its event
/// is short.
/// </summary>
internal static class EventText
{
    public const string Channel = "socket.io#/";
    public const string Room = "room1";

    /// <summary>More bytes than an event has.</summary>
    public const int MostBytes = 256;

    private const string Head =
        """{"type":3,"data":{"opts":{"rooms":["room1"],"except":[],"flags":{}},"packet":{"type":2,"data":["ping",""";

    private const string Middle = """],"nsp":"/"}},"uid":"emitter","nsp":"/","eb":{"s":"0123456789abcdef","n":""";

    private const string Tail = "}}";

    public static string Format(long sentAt, long number) =>
        string.Create(CultureInfo.InvariantCulture, $"{Head}{sentAt},{number}{Middle}{number}{Tail}");

    /// <returns>How many bytes were written.</returns>
    public static int Write(Span<byte> destination, long sentAt, long number) =>
        Utf8.TryWrite(destination, CultureInfo.InvariantCulture, $"{Head}{sentAt},{number}{Middle}{number}{Tail}", out var written)
            ? written
            : throw new ArgumentException($"An event needs up to {MostBytes} bytes.", nameof(destination));

    public static byte[] ToBytes(long sentAt, long number)
    {
        Span<byte> bytes = stackalloc byte[MostBytes];
        return bytes[..Write(bytes, sentAt, number)].ToArray();
    }

    public static (long SentAt, long Number) Read(ReadOnlySpan<char> text)
    {
        const string Before = "[\"ping\",";
        var arguments = text[(text.IndexOf(Before) + Before.Length)..];
        var comma = arguments.IndexOf(',');
        var end = arguments.IndexOf(']');
        return (Parse(arguments[..comma]), Parse(arguments[(comma + 1)..end]));
    }

    public static (long SentAt, long Number) Read(ReadOnlySpan<byte> text)
    {
        var before = "[\"ping\","u8;
        return ReadArguments(text[(text.IndexOf(before) + before.Length)..]);
    }

    /// <summary>Reads two numbers with a comma between them.</summary>
    public static (long SentAt, long Number) ReadArguments(ReadOnlySpan<byte> text)
    {
        if (Utf8Parser.TryParse(text, out long sentAt, out var length)
            && Utf8Parser.TryParse(text[(length + 1)..], out long number, out _))
            return (sentAt, number);
        throw new FormatException($"This is no event of the benchmark: {Encoding.UTF8.GetString(text)}");
    }

    private static long Parse(ReadOnlySpan<char> text) => long.Parse(text, CultureInfo.InvariantCulture);
}
