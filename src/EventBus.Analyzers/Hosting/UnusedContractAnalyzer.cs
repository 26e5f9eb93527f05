using System.Collections.Concurrent;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>EVB3001, EVB3002: an application handles and sends the events of the contracts that it declares.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedContractAnalyzer() : EventBusAnalyzer(
    DiagnosticDescriptors.UnhandledContract, DiagnosticDescriptors.UnsentContract)
{
    private static readonly HashSet<string> HandlerMethods =
        ["AddHandler", "AddHandlerAsync", "AddServerSideHandler", "Handle", "HandleServerSide"];

    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        // The contracts of a library are used by other projects.
        if (context.Compilation.Options.OutputKind is not (OutputKind.ConsoleApplication or OutputKind.WindowsApplication))
            return;

        var declared = new ConcurrentBag<INamedTypeSymbol>();
        var handled = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        var sent = new ConcurrentDictionary<ISymbol, bool>(SymbolEqualityComparer.Default);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (ContractEvents.IsContract(type))
                    declared.Add(type);
                else if (type.TypeKind != TypeKind.Interface)
                    Mark(handled, type.AllInterfaces);
            },
            SymbolKind.NamedType);
        context.RegisterOperationAction(
            operation =>
            {
                var method = operation.Operation is IInvocationOperation call
                    ? call.TargetMethod
                    : ((IMethodReferenceOperation)operation.Operation).Method;
                if (symbols.Contract(method) is { } contract)
                    Mark(sent, [contract]);
                else if (HandlerMethods.Contains(method.Name) && symbols.Has(method.ContainingType))
                    Mark(handled, method.TypeArguments);
            },
            OperationKind.Invocation,
            OperationKind.MethodReference);
        context.RegisterCompilationEndAction(end =>
        {
            var shapes = new TypeShapeReader(end.Compilation);
            foreach (var contract in declared.Where(static contract => ContractEvents.Of(contract).Any()))
            {
                var (isHandled, isSent) = (handled.ContainsKey(contract), sent.ContainsKey(contract));

                // A contract that breaks a rule has other errors. Nothing can send it until they are fixed.
                if ((isHandled && isSent) || !ContractValidity.IsValid(contract, shapes))
                    continue;
                if (!isHandled)
                    end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnhandledContract, contract.Locations[0], contract.Name));
                if (!isSent)
                    end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnsentContract, contract.Locations[0], contract.Name));
            }
        });
    }

    // A contract has the events of the contracts that it inherits as well.
    private static void Mark(ConcurrentDictionary<ISymbol, bool> used, IEnumerable<ITypeSymbol> types)
    {
        var contracts = types.OfType<INamedTypeSymbol>().Where(ContractEvents.IsContract);
        foreach (var type in contracts.SelectMany(static contract => contract.AllInterfaces.Add(contract)))
            used.TryAdd(type, true);
    }
}
