using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using EventBus.Generators.Parsing;
using EventBus.Generators.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators;

/// <summary>Writes the senders, the dispatcher and the registration of every contract, and the formatters of the types it carries. Reports nothing: the analyzers do.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class EventContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var contracts = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.BroadcastEventAttribute,
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (target, cancellationToken) => ContractParser.Parse(target, cancellationToken))
            .Where(static contract => contract is not null)
            .Select(static (contract, _) => contract!)
            .WithTrackingName(TrackingNames.ParsedContracts);

        // What is rendered does not need the payloads: a contract's file stays as it is when only a payload changes.
        var surfaces = contracts
            .Select(static (contract, _) => contract with { Payloads = EquatableArray<FormatterModel>.Empty })
            .WithTrackingName(TrackingNames.ContractSurfaces);

        // One per file: two contracts may name the items of one tuple differently, and any of the two formatters is right for both.
        var payloads = contracts
            .SelectMany(static (contract, _) => contract.Payloads)
            .Collect()
            .SelectMany(static (all, _) => all.GroupBy(static payload => payload.HintName).Select(static group => group.First()))
            .WithTrackingName(TrackingNames.DistinctPayloads);

        var clashes = contracts.Select(static (contract, _) => contract.HintName).Collect()
            .Combine(payloads.Select(static (payload, _) => payload.HintName).Collect())
            .Select(static (names, _) => HintName.FindClashes(names.Left.Concat(names.Right)))
            .WithTrackingName(TrackingNames.HintNameClashes);

        context.RegisterSourceOutput(surfaces.Combine(clashes), static (output, found) =>
            output.AddSource(HintName.Of(found.Left.HintName, found.Right), ContractRenderer.Render(found.Left)));
        context.RegisterSourceOutput(payloads.Combine(clashes), static (output, found) =>
            output.AddSource(HintName.Of(found.Left.HintName, found.Right), FormatterRenderer.Render(found.Left)));
    }
}
