namespace EventBus.Generators.Tests.Matrix;

/// <summary>The remarks of the table of types, which no example shows. The kinds and the examples come from the matrix.</summary>
internal static class ValueForms
{
    public static IReadOnlyList<ValueForm> All { get; } =
    [
        new("`bool`", "boolean"),
        new("integers up to 64 bits", "int32", "byte", "sByte", "int16", "uInt16", "uInt32", "int64", "uInt64")
        {
            Inline = "digits",
            Attached = "the smallest form",
            Read = "integers, and floats without a fraction",
        },
        new("`Int128`, `UInt128`, `BigInteger`, `decimal`", "decimal", "int128", "uInt128", "bigInteger") { Read = "also numbers" },
        new("`Half`, `float`, `double`", "double", "half", "single")
        {
            Inline = "as ECMAScript prints it, but −0 as `-0`; NaN and infinities `null`",
            Attached = "`Half` and `float` as float32; NaN and infinities nil",
            Read = "`null` as NaN if the type is not nullable, so an infinity comes back as NaN",
        },
        new("numbers with `[JsonNumberHandling(WriteAsString)]`, here members", "numberTexts")
        {
            Inline = "the digits as text; NaN and infinities `\"NaN\"`, `\"Infinity\"`, `\"-Infinity\"`",
            Attached = "the same text",
            Read = "also numbers",
        },
        new("`char`, `Rune`, `string`, `Guid` (`D`), `Uri`, `Version`", "text", "char", "guid", "uri", "version", "rune")
        {
            Inline = "half a surrogate pair is U+FFFD",
        },
        new("`IPAddress`", "address")
        {
            Read = "IPv4 only as four decimal numbers; neither a port nor a prefix; the scope of IPv6 only as a number",
        },
        new("`CultureInfo`", "culture") { Inline = "its name, without extensions", Read = "only cultures that the system has" },
        new("`DateTime`, `DateTimeOffset`", "dateTime", "dateTimeOffset")
        {
            Inline = "ISO 8601 in UTC that ends in `Z`, 3 digits of a second, 7 if needed",
            Attached = "type −1, with nanoseconds",
            Read = "ISO 8601 with any offset, or extension −1; always UTC. A local `DateTime` is converted, "
                + "one of unspecified kind counts as UTC, and the offset of a `DateTimeOffset` is not sent",
        },
        new("`DateOnly`, `TimeOnly`, `TimeSpan`", "timeSpan", "dateOnly", "timeOnly")
        {
            Inline = "`yyyy-MM-dd`, `HH:mm:ss[.fffffff]`, `c`",
        },
        new("enums", "enumByNumber") { Read = "also names" },
        new("enums that the type requires by name", "enumByName")
        {
            Inline = "the name, or the number if the value has none",
            Read = "also numbers",
        },
        new("null of a `T?`", "nullableNumber", "nullableText", "nullableId", "nullableTextId") { Read = "also a missing argument" },
        new("binary", "bytes", "memory") { Inline = "the message is always attached" },
        new(
            "arrays, collections, tuples", "tuple", "jagged", "list", "readOnlyList", "hashSet", "immutableArray", "stack", "readOnlySet",
            "ids"),
        new(
            "dictionaries", "dateKeys", "dictionary", "numberKeys", "orderedDictionary", "booleanKeys", "idKeys", "textIdKeys",
            "enumIdKeys")
        {
            Inline = "a key is the inline text of its value",
            Attached = "with the same keys as str",
        },
        new("`Vector2` to `Vector4`, `System.Drawing.Point`", "vector2", "vector3", "vector4", "pixel")
        {
            Inline = "`x`, `y`, `z`, `w`, each a `float`, of `Point` an `int`",
            Read = "as objects",
        },
        new("objects", "payload", "generic", "idMembers", "filled")
        {
            Inline = "camelCase keys, null members as `null`",
            Read = "members in any order, unknown ones skipped",
        },
        new("unions", "union", "tree") { Inline = "`\"$type\"` first, text or a number", Read = "`$type` anywhere" },
        new("types with `[SingleValue]`", "guidId", "numberId", "textId", "timeId", "enumId", "lateId")
        {
            Inline = "the form of the value",
        },
        new("types with a `[Formatter]`", "endPoint", "custom") { Inline = "whatever it writes" },
        new("`EventValue`, `object`", "eventValue", "object") { Inline = "any of these" },
        new("`JsonElement`, `JsonDocument`", "jsonElement", "jsonDocument")
        {
            Inline = "any but binary; a number is its own text",
            Attached = "a number is an int if it is an integer of 64 bits, else float64 if that "
                + "[does not change it](#numbers-of-parsed-json), else [refused](#numbers-of-parsed-json)",
            Read = "a timestamp as its inline text, a float as ECMAScript prints it",
        },
    ];
}
