using EventBus.Generators.Declarations;
using EventBus.Generators.Model;
using EventBus.Generators.Parsing;
using EventBus.Generators.Rendering;
using Microsoft.CodeAnalysis;

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
        // Contracts and payloads may be declared anywhere, so every declaration counts, but no body does.
        var parsed = context.ReadDeclarations(ParsedContracts.Of).WithTrackingName(TrackingNames.ParsedContracts);

        // Each step takes its outputs from that one value. With an input for each contract, a driver that tracks its steps loses outputs
        // (docs/decisions/0022).
        var surfaces = parsed
            .SelectMany(static (all, _) => all.Surfaces)
            .WithTrackingName(TrackingNames.ContractSurfaces);

        var payloads = parsed
            .SelectMany(static (all, _) => all.Payloads)
            .WithTrackingName(TrackingNames.DistinctPayloads);

        var definitions = parsed
            .Select(static (all, _) => RegisteredContract.Of(all.Surfaces.Select(static file => file.Model)))
            .WithTrackingName(TrackingNames.RegisteredContracts);

        // One per type. A case of a union has two formatters if an event carries it by itself, too: use the one without the discriminator.
        var registered = parsed
            .Select(static (all, _) => RegisteredPayload.Of(
                all.Payloads.Select(static file => file.Model).Where(static payload => payload is not EnumNamesModel)))
            .WithTrackingName(TrackingNames.RegisteredPayloads);

        context.RegisterSourceOutput(surfaces, static (output, file) =>
            output.AddSource(file.FileName, ContractRenderer.Render(file.Model)));
        context.RegisterSourceOutput(payloads, static (output, file) =>
            output.AddSource(file.FileName, FormatterRenderer.Render(file.Model)));
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
