using EventBus.Analyzers.Serializers;
using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Contracts.Shapes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace EventBus.Analyzers.Declaring;

/// <summary>EVB1026: no attribute of a known serializer is without effect.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedAttributeAnalyzer() : ContractAnalyzer(DiagnosticDescriptors.UnusedAttribute, Find)
{
    // Several events may carry a payload, several payloads may have the same base class, and a case may be of several unions.
    private static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract, TypeShapeReader shapes)
    {
        var seen = new HashSet<(ISymbol, string)>();
        return from method in ContractEvents.DeclaredBy(contract)
               from carried in shapes.ReadCarried(method)
               from found in OfParameter(carried.Symbol, carried.Name).Concat(OfParts(carried.Shape, carried.Name, shapes))
               where seen.Add((found.Symbol, found.Predicate))
               select new ContractViolation(carried.Symbol, found.Path, found.Predicate);
    }

    // An argument has a position and no name, so no attribute changes it.
    private static IEnumerable<AttributeFault> OfParameter(ISymbol symbol, string path) =>
        from attribute in symbol is IParameterSymbol ? symbol.GetAttributes() : []
        where KnownSerializers.OwnerOf(attribute) is not null
        select new AttributeFault(symbol, path, AttributeFaults.Unused(attribute));

    private static IEnumerable<AttributeFault> OfParts(TypeShape shape, string name, TypeShapeReader shapes) =>
        from part in TypeParts.Of(shapes, shape, name)
        where !part.IsRepeated
        from fault in new PartFaults(part, shapes).Find()
        select fault;
}
