using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Using;

/// <summary>EVB2001: neither a handler nor a lambda that is passed to EventBus is async void.</summary>
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
                if (function.Symbol is not { IsAsync: true, ReturnsVoid: true }
                    || function.Parent is not IDelegateCreationOperation { Parent: IArgumentOperation argument }
                    || argument.Parent is not IInvocationOperation call
                    || !symbols.Has(call.TargetMethod.ContainingType))
                    return;
                var (lambda, remedy) = ($"The lambda for '{call.TargetMethod.Name}' runs", "await in front of the call instead");
                operation.ReportDiagnostic(Diagnostic.Create(Rule, function.Syntax.GetLocation(), lambda, remedy));
            },
            OperationKind.AnonymousFunction);
    }

    private void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        foreach (var (handler, contract) in Handlers(type).Where(static pair => pair.Handler is { IsAsync: true, ReturnsVoid: true }))
        {
            // An inherited method is reported at the class that makes it a handler.
            var isOwn = SymbolEqualityComparer.Default.Equals(handler.ContainingType, type);
            var location = (isOwn ? handler : (ISymbol)type).Locations[0];
            var subject = $"'{handler.Name}' handles an event of '{contract.Name}'";
            context.ReportDiagnostic(Diagnostic.Create(Rule, location, subject, "return Task or ValueTask in the contract"));
        }
    }

    private static IEnumerable<(IMethodSymbol Handler, INamedTypeSymbol Contract)> Handlers(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Interface)
            return ContractEvents.IsContract(type) ? ContractEvents.DeclaredBy(type).Select(method => (method, type)) : [];

        // A handler of a base class is reported there, unless this class overrides it.
        return from contract in type.AllInterfaces
               where ContractEvents.IsContract(contract)
               from method in ContractEvents.DeclaredBy(contract)
               let handler = HandlerMethod.Find(type, method)
               where handler is { ContainingType.TypeKind: not TypeKind.Interface }
               where SymbolEqualityComparer.Default.Equals(handler.ContainingType, type)
                   || type.BaseType?.AllInterfaces.Contains(contract) != true
               select (handler, contract);
    }
}
