using EventBus.Generators.Contracts;
using EventBus.Generators.Contracts.Checks;
using EventBus.Generators.Declarations;
using EventBus.Generators.Model;
using EventBus.Generators.Parsing;
using EventBus.Generators.Rendering;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators;

/// <summary>
/// Writes the method <c>AddHandlers()</c>, which adds the classes with [EventHandler] to a bus. It reports nothing: an analyzer does.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class EventHandlerGenerator : IIncrementalGenerator
{
    internal const string HintName = "EventBus.Generated.EventHandlers.g.cs";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        context.RegisterPostInitializationOutput(static output => output.AddEmbeddedAttributeDefinition());
        var handlers = context.ReadDeclarations(Parse);

        context.RegisterSourceOutput(handlers, static (output, all) =>
        {
            if (all.Count > 0)
                output.AddSource(HintName, EventHandlersRenderer.Render(all));
        });
    }

    private static EquatableArray<HandlerModel> Parse(Compilation compilation, CancellationToken cancellationToken) => MarkedTypes
        .Find(compilation, KnownNames.EventHandlerAttribute, TypeKind.Class, cancellationToken)
        .Select(handler => Parse(handler, compilation))
        .OfType<HandlerModel>()
        .OrderBy(static handler => handler.TypeName, StringComparer.Ordinal)
        .ToEquatableArray();

    private static HandlerModel? Parse(INamedTypeSymbol handler, Compilation compilation)
    {
        if (HandlerClass.FindProblem(handler, compilation) is not null)
            return null;
        var codes = new SuppressedCodes(compilation.Assembly);
        codes.Add(handler);
        var contracts = HandlerClass.Contracts(handler).ToList();
        contracts.ForEach(codes.Add);
        var receivers =
            from attribute in HandlerClass.Attributes(handler)
            let rooms = HandlerClass.Rooms(attribute)
            where rooms is not null
            from contract in contracts
            select new ReceiverModel(TypeName.OfStrict(contract), rooms.ToEquatableArray(), HandlerClass.IsServerSide(attribute));
        return new HandlerModel(
            TypeName.OfStrict(handler), receivers.ToEquatableArray(), codes.ToModel(codes.HasErrors), codes.HasErrors);
    }
}
