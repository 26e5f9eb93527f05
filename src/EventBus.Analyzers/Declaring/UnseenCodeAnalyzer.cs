using System.Collections.Concurrent;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>
/// EVB1019: the generator has seen all code that events need. It does not see the output of other generators, but analyzers do, so the
/// emitted code is compared with the compiled contracts and payloads.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnseenCodeAnalyzer() : EventBusAnalyzer(DiagnosticDescriptors.UnseenCode)
{
    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var contracts = new ConcurrentBag<INamedTypeSymbol>();
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (ContractEvents.IsContract(type))
                    contracts.Add(type);
            },
            SymbolKind.NamedType);

        // While you type, an editor may still have the emitted code of an earlier text. At the end of a build both are of one text.
        context.RegisterCompilationEndAction(end =>
        {
            // A generator that failed, or that did not run, has written nothing. This is not the fault of another generator.
            if (!contracts.SelectMany(EmittedBeside).Any())
                return;

            var shapes = new TypeShapeReader(end.Compilation);
            var differences = new EmittedDifferences(shapes, new EmittedMembers(end.Compilation.Assembly));
            foreach (var violation in contracts.SelectMany(contract => Find(contract, shapes, differences)))
                end.ReportDiagnostic(Diagnostic.Create(Rule, violation.Location, violation.Arguments));
        });
    }

    private static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes, EmittedDifferences differences)
    {
        if (IsRegistered(contract))
        {
            return from method in ContractEvents.DeclaredBy(contract)
                   from carried in shapes.ReadCarried(method)
                   from found in differences.Find(carried.Shape, carried.Name)
                   let place = $"'{found.Path}' of the event '{contract.Name}.{method.Name}'"
                   select new ContractViolation(carried.Symbol, place, found.Difference);
        }

        // The emitted code of its payloads may be incomplete, so these are compared as soon as it is registered.
        return ContractValidity.IsValid(contract, shapes)
            ? [new ContractViolation(contract, $"The contract '{contract.Name}'", "it is not registered as it is compiled")]
            : [];
    }

    // The emitted class of a contract has a field for each event if the generator found the contract valid.
    private static bool IsRegistered(INamedTypeSymbol contract)
    {
        var definitions = from type in EmittedBeside(contract)
                          from field in type.GetMembers().OfType<IFieldSymbol>()
                          where field.Type is INamedTypeSymbol { IsGenericType: true } definition
                              && SymbolEqualityComparer.Default.Equals(definition.TypeArguments[0], contract)
                          select field;
        return definitions.Count() == ContractEvents.Of(contract).Count();
    }

    private static IEnumerable<INamedTypeSymbol> EmittedBeside(INamedTypeSymbol contract) =>
        contract.ContainingNamespace.GetTypeMembers().Where(static type => type.IsStatic && BusSymbols.IsGenerated(type));
}
