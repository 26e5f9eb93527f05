using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Serializers;

/// <summary>Finds why a member that another serializer writes is not sent, and how to send it.</summary>
internal static class UnsentReason
{
    /// <summary>The reason and the remedy, as <c>it is not public; add [JsonInclude]</c>.</summary>
    /// <param name="symbol">The property or field.</param>
    /// <param name="attributes">Its attributes, of which none keeps it off the wire.</param>
    /// <param name="payload">The type that the event carries, or a class derived from the one that declares the member.</param>
    /// <param name="compilation">The project of the contract.</param>
    public static string Of(ISymbol symbol, MemberAttributes attributes, INamedTypeSymbol payload, Compilation compilation)
    {
        var member = new PayloadMember(symbol, attributes, new MemberReach(compilation));
        if (symbol is IPropertySymbol && member.Getter is null)
            return "it has no getter; add one";
        if (member.Getting == Reach.None)
            return "generated code cannot access it; make it public";
        if (!attributes.IsIncluded && !PayloadMembers.IsPublic(symbol))
            return symbol.DeclaredAccessibility == Accessibility.Public
                ? "its getter is not public; add [JsonInclude]"
                : "it is not public; add [JsonInclude]";
        if (!attributes.IsIncluded && OptIn.Of(payload).Concerns(symbol.ContainingType))
            return "its type sends only members with a mark; add [DataMember] or [JsonProperty]";
        return member.IsStored
            ? "another member has its name; rename it"
            : "it is computed, so that a receiver cannot set it; add a setter";
    }
}
