using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>Finds the attributes without effect that describe one member that is sent.</summary>
internal sealed class MemberFaults(PayloadMember member, string path, TypeShapeReader shapes)
{
    public IEnumerable<AttributeFault> Find()
    {
        var declared = shapes.Read(member);
        var nullable = declared as TypeShape.Nullable;
        var shape = nullable?.Underlying ?? declared;

        var own = member.Symbol.GetAttributes().Concat(Beside()).Select(attribute => OfOwn(attribute, shape, nullable is not null));
        return own.Concat(Misplaced().Select(AttributeFaults.Unused)).Concat(OptInFaults.Find(member)).OfType<string>()
            .Select(predicate => new AttributeFault(member.Symbol, path, predicate));
    }

    private string? OfOwn(AttributeData attribute, TypeShape shape, bool canBeNull)
    {
        // A [Formatter] decides about the value, but not about its name.
        if (shape is TypeShape.Custom)
            return AttributeFaults.FindName(attribute, member.Symbol.Name, member.WireName);

        // EVB1015 is about converters of System.Text.Json.
        if (attribute.AttributeClass?.IsNamed(KnownNames.JsonConverterAttribute) is true
            || SpecialAttributes.HasEffect(attribute, shape, member.IsFilled))
            return null;
        return SpecialAttributes.HasNoEffect(attribute, shape)
            ? AttributeFaults.Unused(attribute)
            : SpecialAttributes.FindPredicate(attribute, shape)
                ?? SpecialAttributes.FindPredicate(attribute, member.Attributes, canBeNull)
                ?? AttributeFaults.Find(attribute, member.Symbol.Name, member.WireName, isOfUnion: false);
    }

    // The attributes of System.Text.Json have their effect on the member itself only.
    private IEnumerable<AttributeData> Beside() =>
        from symbol in SymbolsBeside
        from attribute in symbol.GetAttributes()
        where !IsOfSystemTextJson(attribute)
        select attribute;

    private IEnumerable<AttributeData> Misplaced()
    {
        var onField = SymbolsBeside.OfType<IFieldSymbol>().SelectMany(static field => field.GetAttributes()).Where(IsOfSystemTextJson);
        var isBeside = SymbolsBeside.Contains(member.Parameter, SymbolEqualityComparer.Default);
        return member.Parameter is { } parameter && !isBeside
            ? onField.Concat(parameter.GetAttributes().Where(static attribute => KnownSerializers.OwnerOf(attribute) is not null))
            : onField;
    }

    private IEnumerable<ISymbol> SymbolsBeside => member.Symbol is IPropertySymbol property ? DeclaredAttributes.Beside(property) : [];

    private static bool IsOfSystemTextJson(AttributeData attribute) =>
        KnownSerializers.OwnerOf(attribute) == KnownSerializers.SystemTextJson;
}
