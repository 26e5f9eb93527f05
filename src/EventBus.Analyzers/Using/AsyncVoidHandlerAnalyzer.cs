using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2001: a handler is not async void, nor is a lambda that EventBus is given.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class AsyncVoidHandlerAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.AsyncVoidHandler)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation =>
            {
                var function = (IAnonymousFunctionOperation)operation.Operation;
                if (function is { Symbol: { IsAsync: true, ReturnsVoid: true }, Parent: IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation call } } } && symbols.Has(call.TargetMethod.ContainingType))
                    operation.ReportDiagnostic(Diagnostic.Create(Rule, function.Syntax.GetLocation(), $"The lambda for '{call.TargetMethod.Name}' runs", "do before it what has to be awaited"));
            },
            OperationKind.AnonymousFunction);
    }

    private void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var (handler, contract) in Handlers(type).Where(static pair => pair.Handler is { IsAsync: true, ReturnsVoid: true }))
        {
            // A handler that was inherited from elsewhere is the fault of the class that makes it a handler.
            var isOwn = SymbolEqualityComparer.Default.Equals(handler.ContainingType, type);
            var location = (isOwn ? handler : (ISymbol)type).Locations[0];
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, $"'{handler.Name}' handles an event of '{contract.Name}'", "return Task or ValueTask in the contract"));
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
