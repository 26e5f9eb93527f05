using System.Collections.Immutable;
using EventBus.Generators.Contracts;
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

    public static ParsedContracts Of(Compilation compilation, CancellationToken cancellationToken)
    {
        var shapes = new TypeShapeReader(compilation);
        var contracts = ContractEvents.DeclaredIn(compilation.Assembly)
            .OrderBy(static contract => contract.GetFullMetadataName(), StringComparer.Ordinal);
        return new ParsedContracts(
            [.. contracts.Select(contract => ContractParser.Parse(contract, shapes, cancellationToken)).OfType<ContractModel>()]);
    }
}
