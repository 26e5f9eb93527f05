using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing.TypeScript;

/// <summary>
/// Gives the contracts and types of one file their names: the C# name where nobody else has it, else, for all who have it, with the namespace before it.
/// So what a type is called does not depend on the order in which types are found.
/// </summary>
internal sealed class TypeScriptNames
{
    // What the file declares itself, and what it takes from JavaScript.
    private static readonly string[] Taken = ["ServerToClientEvents", "NamespaceEvents", "Array", "ArrayBuffer", "Omit", "Parameters", "Partial", "Record", "Uint8Array", .. TypeScriptBuiltIns.Definitions.Keys];

    private readonly Dictionary<string, string> _names = [];

    /// <param name="wanted">A key, the name it would have, and its namespace.</param>
    public TypeScriptNames(IEnumerable<(string Key, string Name, string Namespace)> wanted)
    {
        var all = wanted.OrderBy(static item => item.Key, StringComparer.Ordinal).ToList();
        var used = new HashSet<string>(Taken);
        foreach (var group in all.GroupBy(static item => item.Name, StringComparer.Ordinal).OrderBy(static group => group.Key, StringComparer.Ordinal))
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
        var name = contract.Name.Length > 1 && contract.Name[0] == 'I' && char.IsUpper(contract.Name[1]) ? contract.Name.Substring(1) : contract.Name;
        return Outer(contract) + name;
    }

    /// <summary>As <c>Order</c>, <c>OuterLine</c>, <c>PageOfOrder</c>.</summary>
    public static string OfType(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => $"{OfType(array.ElementType)}Array",
        INamedTypeSymbol { TypeArguments.IsEmpty: false } named => $"{Outer(named)}{named.Name}Of{string.Join("And", named.TypeArguments.Select(OfArgument))}",
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
