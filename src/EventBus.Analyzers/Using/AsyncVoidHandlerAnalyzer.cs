using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2001: a handler is not async void.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidHandlerAnalyzer() : TypeAnalyzer(DiagnosticDescriptors.AsyncVoidHandler)
{
    private protected override void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var (handler, contract) in Handlers(type).Where(static pair => pair.Handler is { IsAsync: true, ReturnsVoid: true }))
        {
            // A handler that was inherited from elsewhere is the fault of the class that makes it a handler.
            var isOwn = SymbolEqualityComparer.Default.Equals(handler.ContainingType, type);
            var location = (isOwn ? handler : (ISymbol)type).Locations[0];
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, handler.Name, contract.Name));
        }
    }

    private static IEnumerable<(IMethodSymbol Handler, INamedTypeSymbol Contract)> Handlers(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return ContractEvents.IsContract(type) ? ContractEvents.DeclaredBy(type).Select(method => (method, type)) : [];

        // What a base class handles is told there, unless it is overridden here.
        return from contract in type.AllInterfaces
               where ContractEvents.IsContract(contract)
               from method in ContractEvents.DeclaredBy(contract)
               let handler = HandlerMethod.Find(type, method)
               where handler is { ContainingType.TypeKind: not TypeKind.Interface }
               where SymbolEqualityComparer.Default.Equals(handler.ContainingType, type) || type.BaseType?.AllInterfaces.Contains(contract) != true
               select (handler, contract);
    }
}
