using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>An event is one way: it returns nothing, or a task that says when the receiver is done.</summary>
internal static class ReturnTypeCheck
{
    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract) =>
        from method in ContractEvents.DeclaredBy(contract)
        where !IsSupported(method)
        select new ContractViolation(method, method.Name, method.ReturnType.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat), Advice(method.ReturnType));

    private static bool IsSupported(IMethodSymbol method) =>
        method.ReturnsVoid || (!method.ReturnsByRef && !method.ReturnsByRefReadonly && method.ReturnType is INamedTypeSymbol type
            && type.GetFullMetadataName() is (KnownNames.Task or KnownNames.ValueTask));

    private static string Advice(ITypeSymbol type) =>
        type is INamedTypeSymbol named && named.GetFullMetadataName() is (KnownNames.Task + "`1" or KnownNames.ValueTask + "`1")
            ? "events that are answered are not supported yet"
            : "a sender gets nothing back";
}
