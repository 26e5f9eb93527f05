using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>
/// Finds the attributes without effect in one part of an event: on a type, its base classes, members, methods and constructors, or on the
/// members of an enum.
/// </summary>
internal sealed class PartFaults(TypePart part, TypeShapeReader shapes)
{
    public IEnumerable<AttributeFault> Find() => part.Shape switch
    {
        TypeShape.Union union => OfType(union.Type, isOfUnion: true),
        TypeShape.Payload payload => OfPayload(payload.Type, part.Members!),
        TypeShape.Enum value => OfType((INamedTypeSymbol)value.Type, isOfUnion: false).Concat(OfNames(value)),
        _ => [],
    };

    private IEnumerable<AttributeFault> OfType(INamedTypeSymbol type, bool isOfUnion) =>
        from attribute in type.GetAttributes()
        where !IsOfOtherRule(attribute)
        where !SpecialAttributes.HasEffect(attribute, part.Shape, isFilled: false)
        let predicate = SpecialAttributes.FindPredicate(attribute, part.Shape)
            ?? AttributeFaults.Find(attribute, type.Name, wireName: null, isOfUnion)
        where predicate is not null
        select new AttributeFault(type, part.Path, predicate);

    private static IEnumerable<AttributeFault> OfNames(TypeShape.Enum value) =>
        from member in EnumNames.Members(value.Type)
        from attribute in member.GetAttributes()
        let predicate = AttributeFaults.Find(attribute, member.Name, value.ByName ? EnumNames.Of(member) : null, isOfUnion: false)
        where predicate is not null
        select new AttributeFault(member, $"{value.Type.Name}.{member.Name}", predicate);

    private IEnumerable<AttributeFault> OfPayload(INamedTypeSymbol type, PayloadShape shape)
    {
        var levels = PayloadMembers.Levels(type).ToList();
        var isOfUnion = levels.Any(UnionShape.IsUnion);
        return levels.SelectMany(level => OfType(level, isOfUnion))
            .Concat(type.HasAttribute(KnownNames.JsonNumberHandlingAttribute) ? [] : levels.SelectMany(OfBase))
            .Concat(levels.SelectMany(OfMethods))
            .Concat(OfConstructors(type, shape.Constructor))
            .Concat(shape.Members.SelectMany(member => new MemberFaults(member, $"{part.Path}.{member.Symbol.Name}", shapes).Find()))
            .Concat(shape.Problem is null ? OfUnsent(type, shape) : []);
    }

    private IEnumerable<AttributeFault> OfBase(INamedTypeSymbol type) =>
        from attribute in type.GetAttributes()
        where SpecialAttributes.IsLost(attribute)
        select new AttributeFault(type, part.Path, AttributeFaults.NotInherited(attribute, type.Name));

    private IEnumerable<AttributeFault> OfMethods(INamedTypeSymbol type) =>
        from method in type.GetMembers().OfType<IMethodSymbol>()
        where method is { MethodKind: MethodKind.Ordinary, IsStatic: false }
        from attribute in method.GetAttributes()
        where KnownSerializers.OwnerOf(attribute) is not null
        select new AttributeFault(method, $"{part.Path}.{method.Name}", AttributeFaults.NotCalled(attribute));

    private IEnumerable<AttributeFault> OfConstructors(INamedTypeSymbol type, IMethodSymbol? used) =>
        from constructor in type.InstanceConstructors
        where used is not null && !SymbolEqualityComparer.Default.Equals(constructor, used)
        from attribute in constructor.GetAttributes()
        where KnownSerializers.OwnerOf(attribute) is not null && KnownSerializers.RowOf(attribute) is not { IsComplete: true }
        select new AttributeFault(constructor, part.Path, AttributeFaults.Overruled(attribute));

    // A member that another one hides or overrides is not lost.
    private IEnumerable<AttributeFault> OfUnsent(INamedTypeSymbol type, PayloadShape shape) =>
        from candidate in PayloadMembers.WithAttributes(type)
        where !candidate.Attributes.IsIgnored && shape.Members.All(member => member.Symbol.Name != candidate.Symbol.Name)
        from attribute in DeclaredAttributes.Of(candidate.Symbol)
        where !IsOfOtherRule(attribute)
        let predicate = KnownSerializers.RowOf(attribute) is { IsMark: true }
            ? AttributeFaults.NotSent(attribute, UnsentReason.Of(candidate.Symbol, candidate.Attributes, type, shapes.Compilation))
            : AttributeFaults.Find(attribute, candidate.Symbol.Name, wireName: null, isOfUnion: false)
        where predicate is not null
        select new AttributeFault(candidate.Symbol, $"{part.Path}.{candidate.Symbol.Name}", predicate);

    // EVB1015 is about converters of System.Text.Json, except for that of a union that is not one of its own cases.
    private bool IsOfOtherRule(AttributeData attribute) =>
        part.Shape is not TypeShape.Union { Type.IsAbstract: true }
        && attribute.AttributeClass?.IsNamed(KnownNames.JsonConverterAttribute) is true;
}

/// <summary>An attribute without effect.</summary>
internal sealed class AttributeFault(ISymbol symbol, string path, string predicate)
{
    /// <summary>The symbol that has the attribute.</summary>
    public ISymbol Symbol { get; } = symbol;

    /// <summary>The path to the symbol, as <c>order.Lines[].Article</c>.</summary>
    public string Path { get; } = path;

    /// <summary>The end of a sentence that begins with the path.</summary>
    public string Predicate { get; } = predicate;
}
