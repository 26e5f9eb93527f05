using EventBus.Generators.Model;
using Microsoft.CodeAnalysis.CSharp;

namespace EventBus.Generators.Rendering;

/// <summary>Renders the method that adds the classes with [EventHandler] to a bus.</summary>
internal static class EventHandlersRenderer
{
    private const string Builder = "global::EventBus.Hosting.EventBusBuilder";

    // Embedded: a friend assembly does not see the class, so it has an AddHandlers of its own.
    public static string Render(EquatableArray<HandlerModel> handlers) => SourceTemplate.Render(
        $$"""
        {{EmittedFile.Header([.. handlers.Select(static handler => handler.Codes)])}}

        namespace Microsoft.Extensions.DependencyInjection
        {
            /// <summary>Adds the event handlers of this project to a bus.</summary>
            {{EmittedFile.GeneratedCode}}
            [global::Microsoft.CodeAnalysis.Embedded]
            internal static class EventHandlers
            {
                /// <summary>Adds every class of this project that has [EventHandler].</summary>
                {{(handlers.Any(static handler => handler.IsObsolete) ? EmittedFile.Obsolete : null)}}
                public static {{Builder}} AddHandlers(this {{Builder}} builder)
                {
                    {{string.Join("\n", handlers.SelectMany(Calls))}}
                    return builder;
                }
            }
        }

        """);

    private static IEnumerable<string> Calls(HandlerModel handler) => handler.Receivers.Select(receiver => Call(handler, receiver));

    private static string Call(HandlerModel handler, ReceiverModel receiver) => receiver.IsServerSide
        ? $"builder.AddServerSideHandler<{receiver.ContractName}, {handler.TypeName}>();"
        : $"builder.AddHandler<{receiver.ContractName}, {handler.TypeName}>({Rooms(receiver)});";

    private static string Rooms(ReceiverModel receiver) =>
        string.Join(", ", receiver.Rooms.Select(static room => SymbolDisplay.FormatLiteral(room, quote: true)));
}
