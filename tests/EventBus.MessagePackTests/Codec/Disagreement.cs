using EventBus.Serialization;
using MessagePack;

namespace EventBus.MessagePackTests.Codec;

/// <summary>An intended difference between the codec and MessagePack-CSharp.</summary>
/// <param name="Name">The difference, as EventBus has it.</param>
/// <param name="Reason">The reason that EventBus differs.</param>
/// <param name="Example">An example of it.</param>
/// <param name="EventBus">The outcome of the codec.</param>
/// <param name="MessagePack">The outcome of MessagePack-CSharp.</param>
internal sealed record Disagreement(string Name, string Reason, Attempt Example, string EventBus, string MessagePack)
{
    private const string TooDeep = "error: The value nests deeper than 128 arrays and maps.";
    private const int TooManyLevels = 129;
    private const int TooManyValues = 4_194_304;

    private const string SameInJson = "The same event in JSON has that value: a value does not depend on the encoding.";
    private const string OneError = "A caller handles one exception, with the position in the bytes.";
    private const string NoNull = "Null is read only for a type that allows it: an event never carries null for another.";
    private const string Bounded = "A peer must not be able to fill the memory or the stack of a receiver.";

    public static IReadOnlyList<Disagreement> All { get; } = [.. Values(), .. Types(), .. Skipping(), .. Writing(), .. Errors()];

    public static TheoryData<string> Names => [.. All.Select(static disagreement => disagreement.Name)];

    private static IEnumerable<Disagreement> Values()
    {
        yield return new(
            "A float32 is read as the shortest decimal that reads back as the same single",
            SameInJson,
            Attempt.Value("ca3dcccccd"),
            "0.1",
            "0.10000000149011612");
        yield return new(
            "A float64 without a fraction beyond 2^53 is read as the integer that JavaScript writes for it",
            "A JavaScript peer has no other integers of that size, and writes these digits in JSON.",
            Attempt.Value("cb43b0000000000000"),
            "1152921504606847000",
            "1.152921504606847E+18");
        yield return new(
            "Negative zero is read as zero",
            "JavaScript writes it so in JSON.",
            Attempt.Object("cb8000000000000000"),
            "0",
            "-0");
        yield return new(
            "A surrogate in UTF-8 is read as one U+FFFD",
            "A JavaScript peer writes a lone surrogate as three bytes. In JSON, Node.js replaces it by one character.",
            Attempt.Value("a3eda080"),
            "\"\uFFFD\"",
            "\"\uFFFD\uFFFD\uFFFD\"");
        yield return new(
            "A timestamp with 1,000,000,000 or more nanoseconds is rejected",
            "The specification forbids it.",
            Attempt.Value("d7ffee6b66714a8b41ab"),
            "error: The timestamp is malformed, or not between the years 1 and 9999.",
            "2145-09-25T06:33:16.0000039Z");
        yield return new(
            "A map with a key that is not text is rejected",
            "A map is an object of JavaScript and of JSON, whose keys are text.",
            Attempt.Object("810102"),
            "error: Expected a key that is text, found a number.",
            "{1:2}");
        yield return new(
            "If a map repeats a key, the last one wins",
            "JavaScript and JSON readers do the same.",
            Attempt.Object("82a16101a16102"),
            """{"a":2}""",
            "error: MessagePackSerializationException of ArgumentException");
        yield return new(
            "Bytes after the value are rejected",
            "An attachment is one value, so further bytes are damage.",
            Attempt.Object("0001"),
            "error: The MessagePack value is followed by something.",
            "0");
        yield return new(
            "A value that nests deeper than 128 levels is rejected",
            Bounded,
            Attempt.Object(Nested(TooManyLevels)),
            TooDeep,
            $"{new string('[', TooManyLevels)}null{new string(']', TooManyLevels)}");
        yield return new(
            "More than 4,194,304 values of no fixed type are rejected",
            Bounded,
            Attempt.Read(
                [0xdd, 0, 0x40, 0, 0, .. Enumerable.Repeat((byte)0xc0, TooManyValues)],
                static (ref reader) => default(EventValueFormatter).Read(ref reader).Items.Count,
                static (ref reader) => MessagePackSerializer.Deserialize<object[]>(ref reader).Length),
            $"error: The message holds more than {TooManyValues} values, sockets or rooms.",
            $"{TooManyValues}");
    }

    private static IEnumerable<Disagreement> Types()
    {
        yield return new(
            "An integer may be a float without a fraction",
            "JavaScript has one type of number, and its encoders write 5.0 as a float.",
            Attempt.Read("cb4014000000000000", static (ref reader) => reader.ReadInt64(), static (ref reader) => reader.ReadInt64()),
            "5",
            "error: MessagePackSerializationException");
        yield return new(
            "A float64 beyond the range of a single is rejected as a single",
            "A finite number must not become infinite.",
            Attempt.Read("cb7fefffffffffffff", static (ref reader) => reader.ReadSingle(), static (ref reader) => reader.ReadSingle()),
            "error: The number is not within the range of a single.",
            "Infinity");
        yield return new(
            "A decimal may be a number",
            "A JavaScript peer writes a number.",
            Attempt.Read(
                "05",
                static (ref reader) => reader.ReadDecimal(),
                static (ref reader) => MessagePackSerializer.Deserialize<decimal>(ref reader)),
            "5",
            "error: MessagePackSerializationException of MessagePackSerializationException");
        yield return new(
            "A timestamp may be text",
            "A peer that writes JSON in MessagePack, such as JavaScript's toJSON, has no other form.",
            Attempt.Read(
                "b4323032362d31312d32395431323a30303a30305a",
                static (ref reader) => reader.ReadTimestamp(),
                static (ref reader) => reader.ReadDateTime()),
            "2026-11-29T12:00:00.0000000Z",
            "error: MessagePackSerializationException");
        yield return new(
            "Text is not binary",
            "Text for binary is an old form of MessagePack, and no peer writes it.",
            Attempt.Read("a161", static (ref reader) => reader.ReadBinary().ToArray(), static (ref reader) => Bytes(ref reader)),
            "error: Expected binary, found text.",
            "61");
        yield return new(
            "Nil is not text",
            NoNull,
            Attempt.Read("c0", static (ref reader) => reader.ReadString(), static (ref reader) => reader.ReadString()),
            "error: Expected text, found null.",
            "null");
        yield return new(
            "Nil is not binary",
            NoNull,
            Attempt.Read("c0", static (ref reader) => reader.ReadBinary().ToArray(), static (ref reader) => Bytes(ref reader)),
            "error: Expected binary, found null.",
            "null");
        yield return new(
            "There is no nil after the last byte",
            "The reading of the value that is missing reports it, with the type that was expected.",
            Attempt.Read("", static (ref reader) => reader.TryReadNull(), static (ref reader) => reader.TryReadNil()),
            "False",
            "error: EndOfStreamException");
    }

    private static IEnumerable<Disagreement> Skipping()
    {
        yield return new(
            "A skipped value that nests deeper than 128 levels is rejected",
            "An event is valid or not whether or not a receiver reads all its parts.",
            Attempt.Read(Nested(TooManyLevels), Skip, Skip),
            TooDeep,
            $"{TooManyLevels + 1}");
        yield return new(
            "A malformed timestamp is rejected when it is skipped",
            "An event is valid or not whether or not a receiver reads all its parts.",
            Attempt.Read("c703ff000000", Skip, Skip),
            "error: The timestamp is malformed, or not between the years 1 and 9999.",
            "6");
        yield return new(
            "A skipped array must have the items that it declares",
            "An attachment that ends early is damaged.",
            Attempt.Read("ddffffffff", Skip, Skip),
            "error: The value declares or needs 4294967300 bytes, but only 5 are left.",
            "5");
    }

    private static IEnumerable<Disagreement> Writing()
    {
        yield return new(
            "NaN and the infinities are written as nil",
            "JavaScript writes them as null in JSON.",
            Attempt.Write(static (ref writer) => writer.WriteDouble(double.NaN), static (ref writer) => writer.Write(double.NaN)),
            "c0",
            "cbfff8000000000000");
        yield return new(
            "Text that is not well-formed UTF-8 is repaired",
            "JavaScript peers that decode strictly would reject the whole event.",
            Attempt.Write(static (ref writer) => writer.WriteUtf8([0xff]), static (ref writer) => writer.WriteString([0xff])),
            "a3efbfbd",
            "a1ff");
        yield return new(
            "A value that nests deeper than 128 levels cannot be written",
            "No peer would read it.",
            Attempt.Write(
                static (ref writer) =>
                {
                    for (var level = 0; level < TooManyLevels; level++)
                        writer.BeginArray(1);
                },
                static (ref writer) =>
                {
                    for (var level = 0; level < TooManyLevels; level++)
                        writer.WriteArrayHeader(1);
                }),
            TooDeep,
            Convert.ToHexStringLower(Nested(TooManyLevels).AsSpan(0, TooManyLevels)));
    }

    private static IEnumerable<Disagreement> Errors()
    {
        yield return new(
            "A value that ends early is an error of EventBus",
            OneError,
            Attempt.Value("92c0"),
            "error: The value declares or needs 3 bytes, but only 2 are left.",
            "error: EndOfStreamException");
        yield return new(
            "An integer out of range is an error of EventBus",
            OneError,
            Attempt.Read("ff", static (ref reader) => reader.ReadUInt64(), static (ref reader) => reader.ReadUInt64()),
            "error: The number is not an integer between 0 and 2^64-1.",
            "error: OverflowException");
        yield return new(
            "A length out of range is an error of EventBus",
            OneError,
            Attempt.Value("dbffffffff"),
            "error: The value declares or needs 4294967300 bytes, but only 5 are left.",
            "error: ArgumentOutOfRangeException");
    }

    private static object? Skip(ref MessagePackValueReader reader)
    {
        reader.Skip();
        return reader.Position;
    }

    private static object? Skip(ref MessagePackReader reader)
    {
        reader.Skip();
        return reader.Consumed;
    }

    private static byte[]? Bytes(ref MessagePackReader reader) =>
        reader.ReadBytes() is { } bytes ? System.Buffers.BuffersExtensions.ToArray(bytes) : null;

    private static byte[] Nested(int levels) => [.. Enumerable.Repeat((byte)0x91, levels), 0xc0];
}
