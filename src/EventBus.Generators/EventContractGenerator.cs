using EventBus.Generators.Contracts;
using EventBus.Generators.Model;
using EventBus.Generators.Parsing;
using EventBus.Generators.Rendering;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EventBus.Generators;

/// <summary>
/// Writes the senders and the definition of every contract, their registration, and the formatters of the types that their events carry.
/// It reports nothing: the analyzers do.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class EventContractGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // All contracts are one value. If each were an input of its own, and all outputs of one disappeared, the driver would take the
        // outputs behind them for those of other inputs, and forget files of contracts that nobody has edited.
        var all = context.SyntaxProvider
            .ForAttributeWithMetadataName(
                KnownNames.BroadcastEventAttribute,
                static (node, _) => node is InterfaceDeclarationSyntax,
                static (target, cancellationToken) => ContractParser.Parse(target, cancellationToken))
            .Collect()
            .Select(static (found, _) => found.OfType<ContractModel>().ToEquatableArray());

        var contracts = all.SelectMany(static (models, _) => models).WithTrackingName(TrackingNames.ParsedContracts);

        // A contract's file does not depend on its payloads, so it is not rendered again when only a payload changes.
        var surfaces = contracts
            .Select(static (contract, _) => contract with { Payloads = EquatableArray<FormatterModel>.Empty })
            .WithTrackingName(TrackingNames.ContractSurfaces);

        // One per file. Two contracts may name the items of a tuple differently, but either formatter fits both.
        var payloads = all
            .SelectMany(static (models, _) => models.SelectMany(static contract => contract.Payloads)
                .GroupBy(static payload => payload.HintName)
                .Select(static group => group.First()))
            .WithTrackingName(TrackingNames.DistinctPayloads);

        var clashes = contracts.Select(static (contract, _) => contract.HintName).Collect()
            .Combine(payloads.Select(static (payload, _) => payload.HintName).Collect())
            .Select(static (names, _) => EmittedNames.FindClashes(names.Left.Concat(names.Right)))
            .WithTrackingName(TrackingNames.HintNameClashes);

        var definitions = surfaces
            .Collect()
            .Select(static (all, _) => RegisteredContract.Of(all))
            .WithTrackingName(TrackingNames.RegisteredContracts);

        // One per type. A case of a union has two formatters if an event carries it by itself, too: use the one without the discriminator.
        var registered = payloads
            .Where(static payload => payload is not EnumNamesModel)
            .Collect()
            .Select(static (all, _) => RegisteredPayload.Of(all))
            .WithTrackingName(TrackingNames.RegisteredPayloads);

        context.RegisterSourceOutput(surfaces.Combine(clashes), static (output, found) =>
            output.AddSource(EmittedNames.OfFile(found.Left.HintName, found.Right), ContractRenderer.Render(found.Left)));
        context.RegisterSourceOutput(payloads.Combine(clashes), static (output, found) =>
            output.AddSource(EmittedNames.OfFile(found.Left.HintName, found.Right), FormatterRenderer.Render(found.Left)));
        context.RegisterImplementationSourceOutput(definitions, static (output, all) =>
        {
            if (all.Count > 0)
                output.AddSource(ContractRegistrationRenderer.HintName, ContractRegistrationRenderer.Render(all));
        });
        context.RegisterImplementationSourceOutput(registered, static (output, all) =>
        {
            if (all.Count > 0)
                output.AddSource(PayloadRegistrationRenderer.HintName, PayloadRegistrationRenderer.Render(all));
        });
    }
}
