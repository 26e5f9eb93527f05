using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Where the generated formatter of a payload is, and what it is called.</summary>
internal static class FormatterName
{
    /// <summary>As <c>OrderFormatter</c>, <c>Outer_LineFormatter</c> or <c>Page_Of_Shop_OrderFormatter</c>.</summary>
    public static FormatterPlace Of(INamedTypeSymbol type, string? assemblyName) => new(Namespace(type, assemblyName), $"{Nested(type)}Formatter");

    /// <summary>As <c>ColorNames</c>.</summary>
    public static FormatterPlace OfNames(INamedTypeSymbol type, string? assemblyName) => new(Namespace(type, assemblyName), $"{Nested(type)}Names");

    /// <summary>As <c>Animal_As_DogFormatter</c>: a case of a union is written otherwise than alone.</summary>
    public static FormatterPlace OfCase(INamedTypeSymbol union, INamedTypeSymbol type, string? assemblyName)
    {
        var isNeighbour = SymbolEqualityComparer.Default.Equals(union.ContainingNamespace, type.ContainingNamespace);
        var name = isNeighbour ? Nested(type) : Argument(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        return new(Namespace(union, assemblyName), $"{Nested(union)}_As_{name}Formatter");
    }

    // A namespace of the assembly's own, with the type's below: internal formatters of friend assemblies must not meet.
    private static string Namespace(INamedTypeSymbol type, string? assemblyName)
    {
        var parts = new List<string> { "EventBus", "Generated" };
        parts.AddRange((assemblyName ?? "Assembly").Split('.').Select(Sanitize));
        if (type.ContainingNamespace is { IsGlobalNamespace: false } ns)
            parts.AddRange(ns.ToDisplayString().Split('.').Select(static part => part.TrimStart('@')));
        return string.Join(".", parts.Select(IdentifierScope.Escape));
    }

    private static string Nested(INamedTypeSymbol type)
    {
        var name = type.ContainingType is { } outer ? $"{Nested(outer)}_{Double(type.Name)}" : Double(type.Name);
        return type.TypeArguments.IsEmpty ? name : $"{name}_Of_{string.Join("_And_", type.TypeArguments.Select(Argument))}";
    }

    // Annotations count: the members of Page<string?> are formatted unlike those of Page<string>.
    private static string Argument(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } when type.NullableAnnotation != NullableAnnotation.NotAnnotated =>
            $"Nullable_{Argument(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))}",
        IArrayTypeSymbol array => $"Array_{array.Rank}_{Argument(array.ElementType)}",
        INamedTypeSymbol { ContainingNamespace.IsGlobalNamespace: false } named =>
            $"{string.Join("_", named.ContainingNamespace.ToDisplayString().Split('.').Select(static part => Double(part.TrimStart('@'))))}_{Nested(named)}",
        INamedTypeSymbol named => Nested(named),
        _ => type.Name,
    };

    // A single underscore separates, so one that was there is doubled.
    private static string Double(string name) => name.Replace("_", "__");

    private static string Sanitize(string part)
    {
        var name = new string([.. part.Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);
        return name.Length > 0 && !char.IsDigit(name[0]) ? name : "_" + name;
    }
}
