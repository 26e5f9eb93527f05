using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>The cases of a union, a type with <c>[JsonDerivedType]</c>.</summary>
internal sealed class UnionShape
{
    private const string DefaultKey = "$type";

    private UnionShape(string key, ImmutableArray<UnionCase> cases, string? problem)
    {
        Key = key;
        Cases = cases;
        Problem = problem;
    }

    /// <summary>The name of the discriminator on the wire.</summary>
    public string Key { get; }

    public ImmutableArray<UnionCase> Cases { get; }

    /// <summary>Why a reader cannot distinguish the cases, as the end of a sentence; null if it can.</summary>
    public string? Problem { get; }

    public static bool IsUnion(INamedTypeSymbol type) =>
        type.HasAttribute(KnownNames.JsonDerivedTypeAttribute) || type.HasAttribute(KnownNames.JsonPolymorphicAttribute);

    public static UnionShape Of(INamedTypeSymbol type, Compilation compilation)
    {
        var polymorphic = type.FindAttribute(KnownNames.JsonPolymorphicAttribute);
        var key = polymorphic?.FindNamed("TypeDiscriminatorPropertyName") as string ?? DefaultKey;
        var listed = type.GetAttributes()
            .Where(static attribute => attribute.AttributeClass?.IsNamed(KnownNames.JsonDerivedTypeAttribute) is true)
            .Select(static attribute => attribute.ConstructorArguments)
            .Where(static arguments => !arguments.IsEmpty && arguments[0].ValueOrNull() is INamedTypeSymbol)
            .Select(static arguments => new UnionCase((INamedTypeSymbol)arguments[0].Value!, arguments.ElementAtOrDefault(1).ValueOrNull()))
            .ToImmutableArray();

        var isOwnCase = listed.Any(item => SymbolEqualityComparer.Default.Equals(item.Type, type));
        var cases = isOwnCase || type.IsAbstract ? listed : listed.Add(new UnionCase(type, null));
        return new UnionShape(key, cases, Problems(type, polymorphic, key, listed, compilation).FirstOrDefault());
    }

    private static IEnumerable<string> Problems(
        INamedTypeSymbol type, AttributeData? polymorphic, string key, ImmutableArray<UnionCase> listed, Compilation compilation)
    {
        if (polymorphic?.FindNamed("IgnoreUnrecognizedTypeDiscriminators") is true
            || polymorphic?.FindNamed("UnknownDerivedTypeHandling") is > 0)
            yield return "it falls back to another type if a case is not listed, which would lose members; list every case instead";
        if (listed.Select(static item => item.Discriminator).OfType<string>().Append(key).Any(WireName.IsBroken))
            yield return $"a discriminator {WireName.Broken}";
        if (listed.IsEmpty)
            yield return "it has no cases; add [JsonDerivedType]";

        foreach (var item in listed)
        {
            var name = item.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            if (item.Discriminator is null)
                yield return $"its case '{name}' has no discriminator; add a second argument to [JsonDerivedType]";
            if (item.Type.IsUnboundGenericType || !compilation.ClassifyCommonConversion(item.Type, type).IsImplicit)
                yield return $"its case '{name}' is not derived from it";
            if (item.Type.TypeKind == TypeKind.Interface || item.Type.IsAbstract)
                yield return $"its case '{name}' is abstract; list its derived classes instead";
        }

        if (listed.GroupBy(static item => item.Discriminator).Any(static group => group.Key is not null && group.Count() > 1))
            yield return "two of its cases have the same discriminator";
        if (listed.GroupBy(static item => item.Type, SymbolEqualityComparer.Default).Any(static group => group.Count() > 1))
            yield return "it lists a case twice";
    }
}

/// <summary>One type that a value of a union may have.</summary>
internal sealed class UnionCase(INamedTypeSymbol type, object? discriminator)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>A text or an <see cref="int"/>; null for the union's own type if it is not listed, which is written without one.</summary>
    public object? Discriminator { get; } = discriminator;
}
