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
        ["RuneFormatter"] = "string",
        ["UriFormatter"] = "string",
        ["VersionFormatter"] = "string",
        ["IPAddressFormatter"] = "string",
        ["CultureInfoFormatter"] = "string",
        ["GuidFormatter"] = "Guid",
        ["DateTimeFormatter"] = "Timestamp",
        ["DateTimeOffsetFormatter"] = "Timestamp",
        ["DateOnlyFormatter"] = "DateOnly",
        ["TimeOnlyFormatter"] = "TimeOnly",
        ["TimeSpanFormatter"] = "TimeSpan",
        ["Vector2Formatter"] = "{ x: number; y: number }",
        ["Vector3Formatter"] = "{ x: number; y: number; z: number }",
        ["Vector4Formatter"] = "{ x: number; y: number; z: number; w: number }",
        ["PointFormatter"] = "{ x: number; y: number }",
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
        ["Binary"] = ("ArrayBuffer | Uint8Array", "Bytes: an ArrayBuffer in a browser, and a Buffer, which is a Uint8Array, in Node.js."),
        ["DateOnly"] = ("string", "A date, as 2026-03-14."),
        ["Guid"] = ("string", "A GUID, as 6f9619ff-8b86-d011-b42d-00c04fc964ff."),
        ["Int64"] = ("number", "An integer of 64 bits. JavaScript rounds it beyond Number.MAX_SAFE_INTEGER."),
        ["NumberText"] = ("string", "A number as text, because it can have more digits than a number of JavaScript."),
        ["TimeOnly"] = ("string", "A time of day, as 15:09:26 or 15:09:26.5358979."),
        ["TimeSpan"] = ("string", "A duration, as 03:00:00, or 1.02:03:04.0000005 with days in front and a fraction of a second."),
        ["Timestamp"] =
            ("string", "A point in time, ISO 8601 in UTC, as 2026-03-14T15:09:26.535Z: the text that toISOString() returns."),
        ["UInt64"] = ("number", "An integer of 64 bits, 0 or greater. JavaScript rounds it beyond Number.MAX_SAFE_INTEGER."),
    };
}
