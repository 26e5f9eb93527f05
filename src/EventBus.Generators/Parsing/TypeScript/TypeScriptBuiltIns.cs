namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>The built-in types in TypeScript: a type of JavaScript, or a name that says how such a value is written.</summary>
internal static class TypeScriptBuiltIns
{
    /// <summary>The names of the types, by the formatter, which decides the form on the wire.</summary>
    public static readonly IReadOnlyDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["BooleanFormatter"] = "boolean",
        ["ByteFormatter"] = "number",
        ["SByteFormatter"] = "number",
        ["Int16Formatter"] = "number",
        ["UInt16Formatter"] = "number",
        ["Int32Formatter"] = "number",
        ["UInt32Formatter"] = "number",
        ["Int64Formatter"] = "Int64",
        ["UInt64Formatter"] = "UInt64",
        ["Int128Formatter"] = "NumberText",
        ["UInt128Formatter"] = "NumberText",
        ["BigIntegerFormatter"] = "NumberText",
        ["DecimalFormatter"] = "NumberText",
        ["HalfFormatter"] = "number",
        ["SingleFormatter"] = "number",
        ["DoubleFormatter"] = "number",
        ["CharFormatter"] = "string",
        ["StringFormatter"] = "string",
        ["UriFormatter"] = "string",
        ["VersionFormatter"] = "string",
        ["GuidFormatter"] = "Guid",
        ["DateTimeFormatter"] = "Timestamp",
        ["DateTimeOffsetFormatter"] = "Timestamp",
        ["DateOnlyFormatter"] = "DateOnly",
        ["TimeOnlyFormatter"] = "TimeOnly",
        ["TimeSpanFormatter"] = "TimeSpan",
        ["EventValueFormatter"] = "unknown",
        ["ObjectFormatter"] = "unknown",
        ["JsonElementFormatter"] = "unknown",
        ["JsonDocumentFormatter"] = "unknown",
        ["ByteArrayFormatter"] = "Binary",
        ["MemoryFormatter"] = "Binary",
        ["ReadOnlyMemoryFormatter"] = "Binary",
        ["ImmutableByteArrayFormatter"] = "Binary",
    };

    /// <summary>The definitions of the names that are not JavaScript's own, each with a remark.</summary>
    public static readonly IReadOnlyDictionary<string, (string Type, string Remark)> Definitions = new Dictionary<string, (string, string)>
    {
        ["Binary"] = ("ArrayBuffer | Uint8Array", "Bytes. A browser is given an ArrayBuffer, Node.js a Buffer, which is a Uint8Array."),
        ["DateOnly"] = ("string", "A date, as 2026-03-14."),
        ["Guid"] = ("string", "As 6f9619ff-8b86-d011-b42d-00c04fc964ff."),
        ["Int64"] = ("number", "A whole number of 64 bits. JavaScript rounds it beyond Number.MAX_SAFE_INTEGER."),
        ["NumberText"] = ("string", "A number with more digits than JavaScript's have, as text."),
        ["TimeOnly"] = ("string", "A time of day, as 15:09:26 or 15:09:26.5358979."),
        ["TimeSpan"] = ("string", "A length of time, as 03:00:00 or 1.02:03:04.0000005: one day and a bit over two hours."),
        ["Timestamp"] =
            ("string", "A point in time, ISO 8601 in UTC, as 2026-03-14T15:09:26.535Z: what new Date(…) takes and toISOString() gives."),
        ["UInt64"] = ("number", "A whole number of 64 bits, not below 0. JavaScript rounds it beyond Number.MAX_SAFE_INTEGER."),
    };
}
