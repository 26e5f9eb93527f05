using System.Collections.Immutable;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>The models of all contracts of a compilation.</summary>
internal sealed class ParsedContracts
{
    private ParsedContracts(ImmutableArray<ContractModel> models) => Models = models;

    /// <summary>The models, in the order of the metadata names. A contract for which no code is emitted has none.</summary>
    public ImmutableArray<ContractModel> Models { get; }

    /// <param name="metadataNames">The contracts, in order.</param>
    /// <param name="compilation">The compilation that declares them.</param>
    /// <param name="cancellationToken">Cancels the parsing.</param>
    public static ParsedContracts Of(IEnumerable<string> metadataNames, Compilation compilation, CancellationToken cancellationToken)
    {
        var shapes = new TypeShapeReader(compilation);
        return new ParsedContracts(
        [
            .. metadataNames
                .Select(compilation.Assembly.GetTypeByMetadataName)
                .OfType<INamedTypeSymbol>()
                .Select(contract => ContractParser.Parse(contract, shapes, cancellationToken))
                .OfType<ContractModel>(),
        ]);
    }
}
