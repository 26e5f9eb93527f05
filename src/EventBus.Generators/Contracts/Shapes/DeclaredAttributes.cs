using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Finds the attributes that describe a property or field. Some of them are not on its own symbol: <c>[field: …]</c>, those of a record's
/// parameter, and those of the property that it overrides.
/// </summary>
internal static class DeclaredAttributes
{
    /// <summary>The attributes of the member first, then the others.</summary>
    public static ImmutableArray<AttributeData> Of(ISymbol member)
    {
        var own = member.GetAttributes();
        return member is IPropertySymbol property
            ? own.AddRange(Beside(property).SelectMany(static symbol => symbol.GetAttributes()))
            : own;
    }

    /// <summary>The symbols beside a property whose attributes describe it.</summary>
    public static IEnumerable<ISymbol> Beside(IPropertySymbol property)
    {
        for (var current = property; current is not null; current = current.OverriddenProperty)
        {
            if (!ReferenceEquals(current, property))
                yield return current;
            if (BackingField(current) is { } field)
                yield return field;
            if (Parameter(current) is { } parameter)
                yield return parameter;
        }
    }

    // Visible if the property is declared in source. A constructed type would make a list of its members at each call.
    private static IFieldSymbol? BackingField(IPropertySymbol property) =>
        property.ContainingType.OriginalDefinition.GetMembers().OfType<IFieldSymbol>()
            .FirstOrDefault(field => SymbolEqualityComparer.Default.Equals(field.AssociatedSymbol, property.OriginalDefinition));

    // The parameter of a positional record has the name of the property, also in another assembly.
    private static IParameterSymbol? Parameter(IPropertySymbol property) => !IsRecord(property.ContainingType) ? null
        : property.ContainingType.InstanceConstructors.SelectMany(static constructor => constructor.Parameters).FirstOrDefault(parameter =>
            parameter.Name == property.Name && SymbolEqualityComparer.Default.Equals(parameter.Type, property.Type));

    // Nothing marks a record struct of another assembly. But only in a record does the compiler write the operator.
    private static bool IsRecord(INamedTypeSymbol type) => type.IsRecord
        || (type.IsValueType && type.GetMembers(WellKnownMemberNames.EqualityOperatorName).Any(
            static member => member.HasAttribute(KnownNames.CompilerGeneratedAttribute)));
}
