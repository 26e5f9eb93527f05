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
            .Select(static (contract, _) => contract with { Payloads = EquatableArray<PayloadModel>.Empty })
            .WithTrackingName(TrackingNames.ContractSurfaces);

        var payloads = contracts
            .SelectMany(static (contract, _) => contract.Payloads)
            .Collect()
            .SelectMany(static (all, _) => all.Distinct())
            .WithTrackingName(TrackingNames.DistinctPayloads);

        context.RegisterSourceOutput(surfaces, static (output, contract) => output.AddSource(contract.HintName, ContractRenderer.Render(contract)));
        context.RegisterSourceOutput(payloads, static (output, payload) => output.AddSource(payload.HintName, PayloadRenderer.Render(payload)));
    }
}
