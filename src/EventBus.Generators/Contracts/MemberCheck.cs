using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>Every member of a contract is a method that can be an event.</summary>
internal static class MemberCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from member in contract.GetMembers()
        let kind = WhyNoEvent(member)
        where kind is not null
        select new ContractViolation(member, member.Name, contract.Name, kind);

    private static string? WhyNoEvent(ISymbol member) => member switch
    {
        INamedTypeSymbol or IFieldSymbol { IsConst: true } => null,
        IPropertySymbol { IsIndexer: true } => "an indexer",
        IPropertySymbol => "a property",
        IEventSymbol => "a C# event",
        { IsStatic: true, IsImplicitlyDeclared: false } and (IMethodSymbol { MethodKind: not (MethodKind.PropertyGet or MethodKind.PropertySet) } or IFieldSymbol) => "static",
        IMethodSymbol { MethodKind: MethodKind.Ordinary, IsGenericMethod: true } => "a generic method",
        IMethodSymbol { MethodKind: MethodKind.Ordinary } method when !ContractEvents.IsEvent(method) => "a method that receivers do not implement",
        _ => null,
    };
}
