using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What a type that has no form on the wire is usually sent as.</summary>
internal static class Alternatives
{
    private const string Binary = "ReadOnlyMemory<byte>";

    private static readonly Dictionary<string, string> Known = new()
    {
        ["System.IntPtr"] = "long",
        ["System.UIntPtr"] = "ulong",
        ["System.IO.Stream"] = Binary,
        ["System.Text.StringBuilder"] = "string",
        ["System.Text.Rune"] = "string",
        ["System.Globalization.CultureInfo"] = "string",
        ["System.Net.IPAddress"] = "string",
        ["System.Text.Json.Nodes.JsonNode"] = "JsonElement",
    };

    // What holds a row of values.
    private static readonly HashSet<string> Rows =
        ["System.Span`1", "System.ReadOnlySpan`1", "System.Memory`1", "System.ReadOnlyMemory`1", "System.ArraySegment`1", "System.Buffers.ReadOnlySequence`1"];

    /// <summary>The end of a reason, as <c>; use 'string'</c>; empty where it is not obvious.</summary>
    public static string To(INamedTypeSymbol type) => Find(type) is { } found ? $"; use '{found}'" : "";

    private static string? Find(INamedTypeSymbol type)
    {
        var name = type.GetFullMetadataName();
        if (Rows.Contains(name))
            return OfRow(type.TypeArguments[0]);
        return name switch
        {
            "System.Collections.Generic.IAsyncEnumerable`1" => $"IReadOnlyList<{Display(type.TypeArguments[0])}>",
            "System.Collections.Generic.KeyValuePair`2" => OfItems(type),
            _ when name.StartsWith("System.Tuple`", StringComparison.Ordinal) && type.TypeArguments.Length is > 1 and <= BuiltInFormatters.LongestTuple => OfItems(type),
            _ => Bases(type).Select(static current => Known.TryGetValue(current.GetFullMetadataName(), out var found) ? found : null).FirstOrDefault(static found => found is not null),
        };
    }

    private static string OfRow(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_Byte => Binary,
        SpecialType.System_Char => "string",
        _ => $"{Display(element)}[]",
    };

    private static string OfItems(INamedTypeSymbol type) => $"({string.Join(", ", type.TypeArguments.Select(Display))})";

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private static IEnumerable<INamedTypeSymbol> Bases(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }
}
