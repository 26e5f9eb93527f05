using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Which members of a payload are always written, and which a reader does without.</summary>
internal static class PayloadPresence
{
    public static MemberPresence Of(PayloadMember member)
    {
        if (member.Attributes.IsRequired)
            return MemberPresence.Required;
        if (member is { Parameter: null, IsRequired: false })
            return MemberPresence.Initialized;

        // JavaScript leaves out what is undefined, so a nullable member that is not there is null.
        var isDefaulted = member.Parameter is { HasExplicitDefaultValue: true } || IsNullable(member.Type) || Omit(member) != OmitCondition.Never;
        return isDefaulted ? MemberPresence.Defaulted : MemberPresence.Required;
    }

    public static OmitCondition Omit(PayloadMember member)
    {
        var canBeNull = member.Type.IsReferenceType || IsNullable(member.Type);
        return member.Attributes switch
        {
            { LeavesOutDefault: true } => canBeNull ? OmitCondition.WhenNull : OmitCondition.WhenDefault,
            { LeavesOutNull: true } when canBeNull => OmitCondition.WhenNull,
            _ => OmitCondition.Never,
        };
    }

    public static bool IsNullable(ITypeSymbol type) =>
        type.IsReferenceType ? type.NullableAnnotation != NullableAnnotation.NotAnnotated : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}
