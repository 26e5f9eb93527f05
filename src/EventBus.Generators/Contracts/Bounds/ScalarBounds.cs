namespace EventBus.Generators.Contracts.Bounds;

/// <summary>The bytes that a value takes if only its built-in type decides, by the name of the formatter.</summary>
internal static class ScalarBounds
{
    private static readonly Dictionary<string, ByteBounds> Fixed = new()
    {
        ["BooleanFormatter"] = new(4, 5, 5),

        // "-170141183460469231731687303715884105728", "340282366920938463463374607431768211455"
        ["Int128Formatter"] = new(3, 8, 42),
        ["UInt128Formatter"] = new(3, 8, 41),

        // The formatter rejects a number with more digits; a sign counts as a digit.
        ["BigIntegerFormatter"] = new(3, 22, 10_002),

        // As ECMAScript prints them: -0.0000019073486, -340282350000000000000, -0.0000012345678901234567. NaN and infinities are null.
        ["HalfFormatter"] = new(1, 6, 16),
        ["SingleFormatter"] = new(1, 9, 22),
        ["DoubleFormatter"] = new(1, 17, 25),

        // "-7.9228162514264337593543950335"
        ["DecimalFormatter"] = new(3, 9, 33),

        // "\u0000"
        ["CharFormatter"] = new(3, 3, 8),
        ["RuneFormatter"] = new(3, 3, 8),
        ["GuidFormatter"] = ByteBounds.Exactly(38),
        ["UriFormatter"] = new(2, TypicalSizes.Uri, null),

        // "0.0", "2147483647.2147483647.2147483647.2147483647"
        ["VersionFormatter"] = new(5, 7, 45),

        // "::", "ffff:ffff:ffff:ffff:0:5efe:255.255.255.255%4294967295"
        ["IPAddressFormatter"] = new(4, 15, 55),

        // "", "cs-CZ", and at most 85 characters.
        ["CultureInfoFormatter"] = new(2, 7, 87),

        // {"x":0,"y":0}, with the numbers of SingleFormatter.
        ["Vector2Formatter"] = new(13, 29, 55),
        ["Vector3Formatter"] = new(19, 43, 82),
        ["Vector4Formatter"] = new(25, 57, 109),

        // {"x":0,"y":0}, {"x":-2147483648,"y":-2147483648}
        ["PointFormatter"] = new(13, 23, 33),

        // "2026-11-22T18:00:00.000Z", "2026-11-22T18:00:00.0000001Z"
        ["DateTimeFormatter"] = new(26, 30, 30),
        ["DateTimeOffsetFormatter"] = new(26, 30, 30),
        ["DateOnlyFormatter"] = ByteBounds.Exactly(12),

        // "18:00:00", "18:00:00.0000001"
        ["TimeOnlyFormatter"] = new(10, 18, 18),

        // "00:00:00", "-10675199.02:48:05.4775808"
        ["TimeSpanFormatter"] = new(10, 18, 28),

        // Any JSON value, or binary.
        ["EventValueFormatter"] = ByteBounds.Unknown,
        ["ObjectFormatter"] = ByteBounds.Unknown,
        ["JsonElementFormatter"] = ByteBounds.Unknown with { Binary = BinaryPresence.Never },
        ["JsonDocumentFormatter"] = ByteBounds.Unknown with { Binary = BinaryPresence.Never },
        ["ByteArrayFormatter"] = Binary,
        ["MemoryFormatter"] = Binary,
        ["ReadOnlyMemoryFormatter"] = Binary,
        ["ImmutableByteArrayFormatter"] = Binary,
    };

    // JSON has no form of binary. The writer writes null in its place, and discards the text.
    private static ByteBounds Binary => ByteBounds.Exactly(4) with { Binary = BinaryPresence.Always };

    // A key has the text of the value, and always quotes.
    private static readonly HashSet<string> WithoutQuotes = ["BooleanFormatter", "HalfFormatter", "SingleFormatter", "DoubleFormatter"];

    /// <summary>The bytes of a dictionary's key, for a formatter that formats values, too.</summary>
    public static ByteBounds? FindKey(string formatter) => Find(formatter) + (WithoutQuotes.Contains(formatter) ? 2 : 0);

    /// <summary>Null for integers and text, which can have declared limits, and for formatters that are not built in.</summary>
    public static ByteBounds? Find(string formatter) => Fixed.TryGetValue(formatter, out var bounds) ? bounds : null;
}
