using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>Turns a member that generated code may not name into the model of its accessor.</summary>
internal static class MemberAccessor
{
    public static AccessorModel Getter(PayloadMember member) =>
        member.Symbol is IPropertySymbol property ? Of(member, AccessorKind.Getter, "Get", property.GetMethod!) : Of(member, AccessorKind.Field, "Field", member.Symbol);

    public static AccessorModel Setter(PayloadMember member) =>
        member.Setter is { } setter ? Of(member, AccessorKind.Setter, "Set", setter) : Of(member, AccessorKind.Field, "Field", member.Symbol);

    private static AccessorModel Of(PayloadMember member, AccessorKind kind, string prefix, ISymbol target) => new()
    {
        Kind = kind,
        Name = prefix + member.Symbol.Name,
        MetadataName = target.MetadataName,
        DeclaringType = TypeName.OfStrict(target.ContainingType),
        IsOfStruct = target.ContainingType.IsValueType,
        ValueType = TypeName.Of(member.Type),
    };
}
