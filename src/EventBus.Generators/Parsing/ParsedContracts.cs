using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Declarations;
using EventBus.Generators.Model;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Parsing;

/// <summary>
/// The models of all files that are emitted for the contracts of a compilation. It is compared by reference, which costs nothing after an
/// edit of a body; the models are compared in the steps that take them from it.
/// </summary>
internal sealed class ParsedContracts
{
    private ParsedContracts(List<ContractModel> contracts)
    {
        // Two contracts may name the items of a tuple differently, but either formatter fits both.
        var payloads = contracts.SelectMany(static contract => contract.Payloads)
            .GroupBy(static payload => payload.HintName)
            .Select(static group => group.First())
            .ToList();
        var clashes = EmittedNames.FindClashes(
            contracts.Select(static contract => contract.HintName).Concat(payloads.Select(static payload => payload.HintName)));

        // A contract's file does not depend on its payloads, so it is not rendered again if only a payload changes.
        Surfaces = contracts.Select(contract => new FileModel<ContractModel>(
            EmittedNames.OfFile(contract.HintName, clashes),
            contract with { Payloads = EquatableArray<FormatterModel>.Empty })).ToEquatableArray();
        Payloads = payloads.Select(payload => new FileModel<FormatterModel>(
            EmittedNames.OfFile(payload.HintName, clashes), payload)).ToEquatableArray();
    }

    /// <summary>The contracts without their payloads, one for each file.</summary>
    public EquatableArray<FileModel<ContractModel>> Surfaces { get; }

    /// <summary>The formatters, one for each file.</summary>
    public EquatableArray<FileModel<FormatterModel>> Payloads { get; }

    /// <summary>Parses the contracts of a compilation.</summary>
    public static ParsedContracts Of(Compilation compilation, CancellationToken cancellationToken)
    {
        // One reader for all contracts: it reads each type once.
        var shapes = new TypeShapeReader(compilation);
        return new ParsedContracts(
            [.. MarkedTypes.Find(compilation, KnownNames.BroadcastEventAttribute, TypeKind.Interface, cancellationToken)
                .Select(contract => ContractParser.Parse(contract, shapes, cancellationToken))
                .OfType<ContractModel>()]);
    }
}
