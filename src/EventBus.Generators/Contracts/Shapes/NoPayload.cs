using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Finds the reason why a type is no payload: a class or struct that is written member by member.</summary>
internal static class NoPayload
{
    /// <summary>The reason and a remedy as the end of a sentence; null if the type is a payload.</summary>
    public static string? Why(INamedTypeSymbol type, Compilation compilation)
    {
        if (type.IsTupleType)
            return $"a tuple must have two to {BuiltInFormatters.LongestTuple} items; use a record";
        if (type.TypeKind == TypeKind.Interface && !IsFrameworkType(type))
            return $"an interface must list its classes; add [JsonDerivedType]{OrFormatter(type, compilation)}";
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface) || type.IsRefLikeType)
            return $"delegates and ref structs have no form on the wire{Alternatives.To(type)}";
        if (type.IsNamed(KnownNames.CancellationToken) || type.IsNamed(KnownNames.EventContext))
            return "it has no meaning in another process; declare it as a parameter of the event, and the bus provides it";
        if (type.HasAttribute(KnownNames.InlineArrayAttribute))
            return "an inline array has no form on the wire; use an array";
        if (IsFrameworkType(type))
            return OfFramework(type);
        if (type.IsAbstract)
            return $"an abstract class must list its derived classes; add [JsonDerivedType]{OrFormatter(type, compilation)}";
        return type.AllInterfaces.Any(static i => i.SpecialType == SpecialType.System_Collections_IEnumerable)
            ? $"custom collection classes have no form on the wire; use a list or a dictionary{OrFormatter(type, compilation)}"
            : null;
    }

    private static string OfFramework(INamedTypeSymbol type)
    {
        var alternative = Alternatives.To(type);
        var link = alternative.Length == 0 ? ";" : ", or";
        return $"this type of the framework has no form on the wire{alternative}{link} {CustomFormatter.Remedy(type)}";
    }

    // An attribute can be put on a type of this project, but not on one of another assembly.
    private static string OrFormatter(INamedTypeSymbol type, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) ? "" : $", or {CustomFormatter.Remedy(type)}";

    private static bool IsFrameworkType(INamedTypeSymbol type)
    {
        var ns = type.ContainingNamespace;
        while (ns is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            ns = ns.ContainingNamespace;
        return ns is { Name: "System", IsGlobalNamespace: false };
    }
}
