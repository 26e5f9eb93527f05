using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The types that are usually sent in place of types that have no form on the wire.</summary>
internal static class Alternatives
{
    private const string Binary = "ReadOnlyMemory<byte>";

    private static readonly Dictionary<string, string> Known = new()
    {
        ["System.IntPtr"] = "long",
        ["System.UIntPtr"] = "ulong",
        ["System.IO.Stream"] = Binary,
        ["System.Text.StringBuilder"] = "string",
        ["System.Net.IPEndPoint"] = "string",
        ["System.Text.Json.Nodes.JsonNode"] = "JsonElement",
    };

    // Views of consecutive elements.
    private static readonly HashSet<string> Views =
    [
        "System.Span`1",
        "System.ReadOnlySpan`1",
        "System.Memory`1",
        "System.ReadOnlyMemory`1",
        "System.ArraySegment`1",
        "System.Buffers.ReadOnlySequence`1",
    ];

    /// <summary>The end of a reason, as <c>; use 'string'</c>; empty if no alternative is obvious.</summary>
    public static string To(INamedTypeSymbol type) => Find(type) is { } found ? $"; use '{found}'" : "";

    private static string? Find(INamedTypeSymbol type)
    {
        var name = type.GetFullMetadataName();
        if (Views.Contains(name))
            return OfView(type.TypeArguments[0]);
        if (name == "System.Collections.Generic.IAsyncEnumerable`1")
            return $"IReadOnlyList<{Display(type.TypeArguments[0])}>";
        if (name == "System.Collections.Generic.KeyValuePair`2" || IsTupleClass(type, name))
            return $"({string.Join(", ", type.TypeArguments.Select(Display))})";
        return TypeAndBases(type)
            .Select(static current => Known.TryGetValue(current.GetFullMetadataName(), out var found) ? found : null)
            .FirstOrDefault(static found => found is not null);
    }

    private static string OfView(ITypeSymbol element) => element.SpecialType switch
    {
        SpecialType.System_Byte => Binary,
        SpecialType.System_Char => "string",
        _ => $"{Display(element)}[]",
    };

    private static bool IsTupleClass(INamedTypeSymbol type, string name) =>
        name.StartsWith("System.Tuple`", StringComparison.Ordinal)
        && type.TypeArguments.Length is > 1 and <= BuiltInFormatters.LongestTuple;

    private static string Display(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);

    private static IEnumerable<INamedTypeSymbol> TypeAndBases(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
            yield return current;
    }
}
