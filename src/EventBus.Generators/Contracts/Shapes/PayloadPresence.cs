using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>Decides which members of a payload are always written, and which ones a reader does not need.</summary>
internal static class PayloadPresence
{
    public static MemberPresence Of(PayloadMember member)
    {
        if (member.Attributes.IsRequired)
            return MemberPresence.Required;
        if (member is { Parameter: null, IsRequired: false })
            return MemberPresence.Initialized;

        // JavaScript omits a property that is undefined, so a missing nullable member is null.
        var hasDefault = member.Parameter is { HasExplicitDefaultValue: true };
        var isDefaulted = hasDefault || IsNullable(member.Type) || Omit(member) != OmitCondition.Never;
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

    public static bool IsNullable(ITypeSymbol type) => type.IsReferenceType
        ? type.NullableAnnotation != NullableAnnotation.NotAnnotated
        : type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
}

/// <summary>How a reader treats a member that is missing on the wire.</summary>
internal enum MemberPresence
{
    /// <summary>As an error.</summary>
    Required,

    /// <summary>The member gets the value that it is declared with: a parameter's default, or null.</summary>
    Defaulted,

    /// <summary>The member keeps the value that the constructor and its initializer give it.</summary>
    Initialized,
}

/// <summary>When a writer omits a member.</summary>
internal enum OmitCondition
{
    Never,
    WhenNull,
    WhenDefault,
}
