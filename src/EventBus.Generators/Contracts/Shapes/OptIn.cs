using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts.Shapes;

/// <summary>
/// Finds the levels of a payload that put only marked members on the wire. <c>[JsonObject]</c> is inherited and concerns all members of an
/// object, also those of base classes. <c>[DataContract]</c> concerns the members of its own class.
/// </summary>
internal readonly struct OptIn
{
    // The values of MemberSerialization. EventBus does not follow the third one, Fields.
    private const int OptOutMembers = 0;
    private const int OptInMembers = 1;

    private readonly bool? _forAllLevels;

    private OptIn(bool? forAllLevels) => _forAllLevels = forAllLevels;

    public static OptIn Of(INamedTypeSymbol payload)
    {
        var nearest = PayloadMembers.Levels(payload).Concat(payload.AllInterfaces)
            .Select(static type => type.FindAttribute(KnownNames.NewtonsoftJsonObjectAttribute))
            .FirstOrDefault(static attribute => attribute is not null);
        return nearest is null ? default : (nearest.FindArgument("MemberSerialization") ?? OptOutMembers) switch
        {
            OptOutMembers => new OptIn(false),
            OptInMembers => new OptIn(true),
            _ => default,
        };
    }

    /// <summary>Whether the members that the level declares need a mark.</summary>
    public bool Concerns(INamedTypeSymbol level) => _forAllLevels ?? level.HasAttribute(KnownNames.DataContractAttribute);
}
