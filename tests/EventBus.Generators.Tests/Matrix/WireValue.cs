using System.Globalization;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>The value of an event with one argument, as it is on the wire: JSON, or MessagePack in hexadecimal.</summary>
internal readonly record struct WireValue(ValueEncoding Encoding, string Text)
{
    private const int MaxLength = 40;

    /// <summary>Takes the value from <c>["name",value]</c>.</summary>
    public static WireValue Of(ValueEncoding encoding, string wire, string name)
    {
        // In MessagePack: an array of two, and text of at most 31 bytes.
        var prefix = encoding == ValueEncoding.Json
            ? $"[\"{name}\","
            : $"92{0xa0 + name.Length:X2}{Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name))}";
        Assert.StartsWith(prefix, wire, StringComparison.Ordinal);
        return new WireValue(
            encoding, encoding == ValueEncoding.Json ? wire[prefix.Length..^1] : wire[prefix.Length..].ToLowerInvariant());
    }

    /// <summary>The kind of the value, in the words of its encoding.</summary>
    public string Kind => Encoding == ValueEncoding.Json ? JsonKind : MessagePackKind;

    private string JsonKind => Text[0] switch
    {
        '"' => "text",
        '[' => "array",
        '{' => "map",
        't' or 'f' => "boolean",
        'n' => "null",
        _ => "number",
    };

    private string MessagePackKind => byte.Parse(Text[..2], NumberStyles.HexNumber, CultureInfo.InvariantCulture) switch
    {
        <= 0x7f or (>= 0xcc and <= 0xd3) or >= 0xe0 => "int",
        <= 0x8f or 0xde or 0xdf => "map",
        <= 0x9f or 0xdc or 0xdd => "array",
        <= 0xbf or (>= 0xd9 and <= 0xdb) => "str",
        0xc0 => "nil",
        0xc2 or 0xc3 => "bool",
        >= 0xc4 and <= 0xc6 => "bin",
        0xca => "float32",
        0xcb => "float64",
        _ => "extension",
    };

    /// <summary>As code of a page, cut if it is long.</summary>
    public override string ToString() => $"`{(Text.Length <= MaxLength ? Text : $"{Text[..MaxLength]}…")}`";
}
