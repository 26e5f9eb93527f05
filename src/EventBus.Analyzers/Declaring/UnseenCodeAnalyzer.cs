using System.Collections.Concurrent;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Forms;
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
            var shapes = new TypeShapeReader(end.Compilation);
            var emitted = new EmittedMembers(end.Compilation.Assembly);
            foreach (var violation in contracts.SelectMany(contract => Find(contract, shapes, emitted)))
                end.ReportDiagnostic(Diagnostic.Create(Rule, violation.Location, violation.Arguments));
        });
    }

    private static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes, EmittedMembers emitted)
    {
        if (!IsRegistered(contract) && ContractValidity.IsValid(contract, shapes))
            yield return new ContractViolation(contract, $"The contract '{contract.Name}'", "it is not registered as it is compiled");

        foreach (var method in ContractEvents.DeclaredBy(contract))
        {
            foreach (var (symbol, shape, name) in shapes.ReadCarried(method))
            {
                foreach (var part in TypeParts.Of(shapes, shape, name))
                {
                    var place = $"'{part.Path}' of the event '{contract.Name}.{method.Name}'";
                    if (Difference(part, emitted) is { } difference)
                        yield return new ContractViolation(symbol, place, difference);
                }
            }
        }
    }

    // The emitted class of a contract has a field for each event if the generator found the contract valid.
    private static bool IsRegistered(INamedTypeSymbol contract)
    {
        var definitions = from type in contract.ContainingNamespace.GetTypeMembers()
                          where type.IsStatic && BusSymbols.IsGenerated(type)
                          from field in type.GetMembers().OfType<IFieldSymbol>()
                          where field.Type is INamedTypeSymbol { IsGenericType: true } definition
                              && SymbolEqualityComparer.Default.Equals(definition.TypeArguments[0], contract)
                          select field;
        return definitions.Count() == ContractEvents.Of(contract).Count();
    }

    private static string? Difference(TypePart part, EmittedMembers emitted)
    {
        if (part is not { Shape: TypeShape.Payload { Type: var type }, Members: { } shape } || emitted.Of(type) is not { } names)
            return null;

        var unseen = shape.Members.Where(member => !names.Contains(MemberNames.Of(member.WireName))).ToList();
        var others = names.Except(shape.Members.Select(static member => MemberNames.Of(member.WireName))).ToList();
        return (unseen.Count, others.Count) switch
        {
            (0, 0) => null,
            (_, 0) => $"{Quote(unseen.Select(static member => member.Symbol.Name))} of '{type.Name}' {Verb(unseen.Count)} not sent",
            (0, _) => $"{Quote(others)} of '{type.Name}' {Verb(others.Count)} sent",
            _ => $"{Quote(others)} of '{type.Name}' {Verb(others.Count)} sent instead of {Quote(unseen.Select(static m => m.WireName))}",
        };
    }

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Select(static name => $"'{name}'"));

    private static string Verb(int count) => count == 1 ? "is" : "are";
}
