using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>
/// Names the contracts and types of one file: by the C# name if it is unique, else by the namespace and the C# name for all types that
/// share it. So a name does not depend on the order in which types are found.
/// </summary>
internal sealed class TypeScriptNames
{
    // The names that the file declares itself or takes from TypeScript.
    private static readonly string[] Taken =
    [
        "ServerToClientEvents", "NamespaceEvents",
        "Array", "ArrayBuffer", "Omit", "Parameters", "Partial", "Record", "Uint8Array",
        .. TypeScriptBuiltIns.Definitions.Keys,
    ];

    private readonly Dictionary<string, string> _names = [];

    /// <param name="wanted">For each type a key, its preferred name, and its namespace.</param>
    public TypeScriptNames(IEnumerable<(string Key, string Name, string Namespace)> wanted)
    {
        var all = wanted.OrderBy(static item => item.Key, StringComparer.Ordinal).ToList();
        var used = new HashSet<string>(Taken);
        var byName = all.GroupBy(static item => item.Name, StringComparer.Ordinal);
        foreach (var group in byName.OrderBy(static group => group.Key, StringComparer.Ordinal))
        {
            var isUnique = group.Count() == 1 && !used.Contains(group.Key) && !TypeScriptText.IsReserved(group.Key);
            foreach (var (key, name, ns) in group)
            {
                var given = isUnique ? name : ns + name;
                while (TypeScriptText.IsReserved(given) || !used.Add(given))
                    given += "_";
                _names.Add(key, given);
            }
        }
    }

    public string Of(string key) => _names[key];

    /// <summary><c>IChatEvents</c> is <c>ChatEvents</c>.</summary>
    public static string OfContract(INamedTypeSymbol contract)
    {
        var hasPrefix = contract.Name.Length > 1 && contract.Name[0] == 'I' && char.IsUpper(contract.Name[1]);
        return Outer(contract) + (hasPrefix ? contract.Name.Substring(1) : contract.Name);
    }

    /// <summary>As <c>Order</c>, <c>OuterLine</c>, <c>PageOfOrder</c>.</summary>
    public static string OfType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"{OfType(array.ElementType)}Array",
        INamedTypeSymbol { TypeArguments.IsEmpty: false } named =>
            $"{Outer(named)}{named.Name}Of{string.Join("And", named.TypeArguments.Select(OfArgument))}",
        INamedTypeSymbol named => Outer(named) + named.Name,
        _ => type.Name,
    };

    /// <summary>The C# namespace in one word.</summary>
    public static string OfNamespace(ITypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } ns ? ns.ToDisplayString().Replace("@", "").Replace(".", "") : "";

    private static string OfArgument(ITypeSymbol type) =>
        type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.Annotated } ? $"Nullable{OfType(type)}" : OfType(type);

    private static string Outer(INamedTypeSymbol type) => type.ContainingType is { } outer ? OfType(outer) : "";
}
