using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>The namespace and the name of a generated formatter. They are unique within an assembly and its friend assemblies.</summary>
internal sealed record FormatterPlace(string Namespace, string Name)
{
    private const string Root = "EventBus.Generated";

    public string FullName => $"global::{Namespace}.{Name}";

    public string HintName => $"{Namespace.Replace("@", "")}.{Name}.g.cs";

    /// <summary>As <c>OrderFormatter</c>, <c>Outer_LineFormatter</c> or <c>Page_Of_Shop_OrderFormatter</c>.</summary>
    public static FormatterPlace OfType(INamedTypeSymbol type, IAssemblySymbol assembly) =>
        new(NamespaceOf(type, assembly), EmittedNames.OfFormatter(Nested(type), "Formatter"));

    /// <summary>As <c>ColorNames</c>.</summary>
    public static FormatterPlace OfEnumNames(INamedTypeSymbol type, IAssemblySymbol assembly) =>
        new(NamespaceOf(type, assembly), EmittedNames.OfFormatter(Nested(type), "Names"));

    /// <summary>As <c>OrderIdValue</c>.</summary>
    public static FormatterPlace OfSingleValue(INamedTypeSymbol type, IAssemblySymbol assembly) =>
        new(NamespaceOf(type, assembly), EmittedNames.OfFormatter(Nested(type), "Value"));

    /// <summary>As <c>Animal_As_DogFormatter</c>: a case of a union is written differently from the same type alone.</summary>
    public static FormatterPlace OfCase(INamedTypeSymbol union, INamedTypeSymbol type, IAssemblySymbol assembly)
    {
        var isNeighbour = SymbolEqualityComparer.Default.Equals(union.ContainingNamespace, type.ContainingNamespace);
        var name = isNeighbour ? Nested(type) : Argument(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        return new(NamespaceOf(union, assembly), EmittedNames.OfFormatter($"{Nested(union)}_As_{name}", "Formatter"));
    }

    // For a type of another assembly the namespace names the assembly that is compiled: a friend may generate a formatter of the same type.
    private static string NamespaceOf(INamedTypeSymbol type, IAssemblySymbol assembly)
    {
        var isDeclaredHere = SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, assembly);
        var parts = isDeclaredHere ? NamespaceParts(type) : NamespaceParts(type).Prepend($"In_{AssemblyIdentifier(assembly.Name)}");
        return string.Join(".", parts.Select(IdentifierScope.Escape).Prepend(Root));
    }

    private static IEnumerable<string> NamespaceParts(INamedTypeSymbol type) => type.ContainingNamespace is { IsGlobalNamespace: false } ns
        ? ns.ToDisplayString().Split('.').Select(static part => part.TrimStart('@'))
        : [];

    private static string Nested(INamedTypeSymbol type)
    {
        var own = IdentifierScope.Part(type.Name);
        var name = type.ContainingType is { } outer ? $"{Nested(outer)}_{own}" : own;
        return type.TypeArguments.IsEmpty ? name : $"{name}_Of_{string.Join("_And_", type.TypeArguments.Select(Argument))}";
    }

    // Annotations count: the members of Page<string?> have other formatters than those of Page<string>.
    private static string Argument(ITypeSymbol type) => type switch
    {
        { IsReferenceType: true } when type.NullableAnnotation != NullableAnnotation.NotAnnotated =>
            $"Nullable_{Argument(type.WithNullableAnnotation(NullableAnnotation.NotAnnotated))}",
        IArrayTypeSymbol array => $"Array_{array.Rank}_{Argument(array.ElementType)}",
        INamedTypeSymbol named => string.Join("_", NamespaceParts(named).Select(IdentifierScope.Part).Append(Nested(named))),
        _ => type.Name,
    };

    private static string AssemblyIdentifier(string name) =>
        string.Join("_", name.Split('.').Select(Sanitize).Select(IdentifierScope.Part));

    private static string Sanitize(string part) => new([.. part.Select(static c => char.IsLetterOrDigit(c) ? c : '_')]);
}
