using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The cases of a type that <c>[JsonDerivedType]</c> makes a union.</summary>
internal sealed class UnionShape
{
    private const string DefaultKey = "$type";

    private UnionShape(string key, ImmutableArray<UnionCase> cases, string? problem)
    {
        Key = key;
        Cases = cases;
        Problem = problem;
    }

    /// <summary>What the discriminator is called on the wire.</summary>
    public string Key { get; }

    public ImmutableArray<UnionCase> Cases { get; }

    /// <summary>Why its cases cannot be told apart, as the end of a sentence; null if they can.</summary>
    public string? Problem { get; }

    public static bool IsUnion(INamedTypeSymbol type) => type.HasAttribute(KnownNames.JsonDerivedTypeAttribute) || type.HasAttribute(KnownNames.JsonPolymorphicAttribute);

    public static UnionShape Of(INamedTypeSymbol type, Compilation compilation)
    {
        var key = type.FindAttribute(KnownNames.JsonPolymorphicAttribute)?.FindNamed("TypeDiscriminatorPropertyName") as string ?? DefaultKey;
        var listed = type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.IsNamed(KnownNames.JsonDerivedTypeAttribute) is true)
            .Select(static attribute => attribute.ConstructorArguments)
            .Where(static arguments => !arguments.IsEmpty && arguments[0].Value is INamedTypeSymbol)
            .Select(static arguments => new UnionCase((INamedTypeSymbol)arguments[0].Value!, arguments.Length > 1 ? arguments[1].Value : null))
            .ToImmutableArray();

        var isOwnCase = listed.Any(item => SymbolEqualityComparer.Default.Equals(item.Type, type));
        var cases = isOwnCase || type.IsAbstract ? listed : listed.Add(new UnionCase(type, null));
        return new UnionShape(key, cases, Problems(type, key, listed, compilation).FirstOrDefault());
    }

    private static IEnumerable<string> Problems(INamedTypeSymbol type, string key, ImmutableArray<UnionCase> listed, Compilation compilation)
    {
        if (type.FindAttribute(KnownNames.JsonPolymorphicAttribute) is { } polymorphic
            && (polymorphic.FindNamed("IgnoreUnrecognizedTypeDiscriminators") is true || polymorphic.FindNamed("UnknownDerivedTypeHandling") is > 0))
            yield return "it falls back to another type where a case is not listed, which would lose what that case has; list every case";
        if (listed.Select(static item => item.Discriminator).OfType<string>().Append(key).Any(WireText.IsBroken))
            yield return $"its discriminator cannot be written: {WireText.Broken}";
        if (listed.IsEmpty)
            yield return "it lists no cases; add [JsonDerivedType]";

        foreach (var item in listed)
        {
            var name = item.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            if (item.Discriminator is null)
                yield return $"its case '{name}' has no discriminator by which a reader would know it; give [JsonDerivedType] a second argument";
            if (item.Type.IsUnboundGenericType || !compilation.ClassifyCommonConversion(item.Type, type).IsImplicit)
                yield return $"its case '{name}' is not derived from it";
            if (item.Type.TypeKind == TypeKind.Interface || item.Type.IsAbstract)
                yield return $"its case '{name}' is abstract, and nothing says which class to read";
        }

        if (listed.GroupBy(static item => item.Discriminator).Any(static group => group.Key is not null && group.Count() > 1))
            yield return "two of its cases have one discriminator";
        if (listed.GroupBy(static item => item.Type, SymbolEqualityComparer.Default).Any(static group => group.Count() > 1))
            yield return "it lists one case twice";
    }
}
