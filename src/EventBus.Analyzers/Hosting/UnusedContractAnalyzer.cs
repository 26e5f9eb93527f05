using System.Collections.Concurrent;
using EventBus.Generators.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace EventBus.Analyzers.Hosting;

/// <summary>EVB3001, EVB3002: an application handles the contracts it declares, and sends them.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedContractAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.UnhandledContract, DiagnosticDescriptors.UnsentContract)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        // What a library declares is for others to use.
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
                var method = operation.Operation is IMethodReferenceOperation reference ? reference.Method : ((IInvocationOperation)operation.Operation).TargetMethod;
                if (symbols.Contract(method) is { } contract)
                    Mark(sent, [contract]);
                else if (method.Name is "AddHandler" or "AddHandlerAsync" or "AddServerSideHandler" or "Handle" or "HandleServerSide" && symbols.Has(method.ContainingType))
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

                // One that breaks a rule has errors of its own, and nothing can send it before they are mended.
                if ((isHandled && isSent) || !ContractValidity.IsValid(contract, shapes))
                    continue;
                if (!isHandled)
                    end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnhandledContract, contract.Locations[0], contract.Name));
                if (!isSent)
                    end.ReportDiagnostic(Diagnostic.Create(DiagnosticDescriptors.UnsentContract, contract.Locations[0], contract.Name));
            }
        });
    }

    // A contract's events are those of the contracts it inherits, too.
    private static void Mark(ConcurrentDictionary<ISymbol, bool> used, IEnumerable<ITypeSymbol> types)
    {
        foreach (var type in types.OfType<INamedTypeSymbol>().Where(ContractEvents.IsContract).SelectMany(static contract => contract.AllInterfaces.Add(contract)))
            used.TryAdd(type, true);
    }
}
