using System.Globalization;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Bounds;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>
/// EVB1020 to EVB1023: whether an event fits a notification. The first condition that applies is reported: the event holds binary, is
/// always too long, is likely too long, may be too long.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EventSizeAnalyzer() : EventBusAnalyzer(
    DiagnosticDescriptors.EventAlwaysTooLong,
    DiagnosticDescriptors.EventLikelyTooLong,
    DiagnosticDescriptors.EventMaybeTooLong,
    DiagnosticDescriptors.EventHoldsBinary)
{
    // A message lists this many names, and counts the rest.
    private const int MostNames = 3;

    private protected override void Start(CompilationStartAnalysisContext context, BusSymbols symbols)
    {
        var shapes = new TypeShapeReader(context.Compilation);
        context.RegisterSymbolAction(
            symbol =>
            {
                var type = (INamedTypeSymbol)symbol.Symbol;
                if (ContractEvents.IsContract(type) && ContractValidity.IsValid(type, shapes))
                    Analyze(symbol, type, shapes);
            },
            SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context, INamedTypeSymbol contract, TypeShapeReader shapes)
    {
        var types = new TypeBounds(shapes);
        foreach (var method in ContractEvents.DeclaredBy(contract))
        {
            var location = method.Locations[0];
            var threshold = PayloadThreshold.Of(context.Options.AnalyzerConfigOptionsProvider, location.SourceTree);
            if (Judge(method, EventBounds.Of(method, contract, types), threshold, shapes) is var (rule, reason))
                context.ReportDiagnostic(Diagnostic.Create(rule, location, method.Name, Number(threshold), reason));
        }
    }

    private static (DiagnosticDescriptor Rule, string Reason)? Judge(
        IMethodSymbol method, ByteBounds bounds, int threshold, TypeShapeReader shapes)
    {
        if (bounds.Binary == BinaryPresence.Always)
            return (DiagnosticDescriptors.EventHoldsBinary, Names(BinaryParts(method, shapes)));
        if (bounds.Least >= threshold)
            return (DiagnosticDescriptors.EventAlwaysTooLong, Number(bounds.Least));
        if (bounds.Likely >= threshold)
            return (DiagnosticDescriptors.EventLikelyTooLong, Number(bounds.Likely));
        if (bounds.Greatest is { } greatest)
            return greatest >= threshold
                ? (DiagnosticDescriptors.EventMaybeTooLong, $"its declared limits allow {Number(greatest)} bytes")
                : null;
        return (DiagnosticDescriptors.EventMaybeTooLong, $"nothing limits {Names(UnboundedParts(method, shapes))}");
    }

    private static IEnumerable<string> UnboundedParts(IMethodSymbol method, TypeShapeReader shapes) =>
        Parts(method, shapes).Where(static part => part.IsUnbounded).Select(static part => part.Path);

    private static IEnumerable<string> BinaryParts(IMethodSymbol method, TypeShapeReader shapes) =>
        from part in Parts(method, shapes)
        where part.Shape is TypeShape.Scalar scalar && ScalarBounds.Find(scalar.Formatter)?.Binary == BinaryPresence.Always
        select part.Path;

    private static IEnumerable<DeclaredPart> Parts(IMethodSymbol method, TypeShapeReader shapes) =>
        EventSignature.SentParameters(method).SelectMany(parameter => DeclaredParts.Of(shapes, parameter));

    private static string Names(IEnumerable<string> paths)
    {
        var all = paths.ToList();
        var names = string.Join(", ", all.Take(MostNames).Select(static path => $"'{path}'"));
        return all.Count > MostNames ? $"{names} and {all.Count - MostNames} more" : names;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
