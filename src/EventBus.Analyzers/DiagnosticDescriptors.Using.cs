using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB2001 and up: sending and handling events.
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        DiagnosticIds.AsyncVoidHandler,
        "A handler must not be async void",
        "{0} as async void, so the bus cannot await it, and an exception ends the process; {1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A receiver's queue awaits each handler and isolates its exceptions. It can do neither for an async void method.",
        RulePages.HelpLink(DiagnosticIds.AsyncVoidHandler));

    public static readonly DiagnosticDescriptor UnobservedEmit = new(
        DiagnosticIds.UnobservedEmit,
        "The task of an emit should be awaited",
        "The task of '{0}' is not observed, so a failure goes unnoticed; await it{1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only the task of an emit reports that the event was not sent, or perhaps not sent.",
        RulePages.HelpLink(DiagnosticIds.UnobservedEmit));

    public static readonly DiagnosticDescriptor EmitBesideTransaction = new(
        DiagnosticIds.EmitBesideTransaction,
        "An event should be sent within the open transaction",
        "'{0}' sends the event at once, although {1} may still be rolled back; send it {2}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An emit has its own connection and its own commit.",
        RulePages.HelpLink(DiagnosticIds.EmitBesideTransaction));

    public static readonly DiagnosticDescriptor BusPerCall = new(
        DiagnosticIds.BusPerCall,
        "A bus or publisher should be created once",
        "'{0}' is called for each {1}, but a bus or publisher has its own connections, queue and order; create it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A bus holds a listening connection. A publisher must connect before its first event leaves.",
        RulePages.HelpLink(DiagnosticIds.BusPerCall));

    public static readonly DiagnosticDescriptor EmitterPerCall = new(
        DiagnosticIds.EmitterPerCall,
        "An emitter should be created once",
        "An emitter is created for each {0}, but it is thread-safe; create it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Each new emitter looks up its contract.",
        RulePages.HelpLink(DiagnosticIds.EmitterPerCall));

    public static readonly DiagnosticDescriptor UnboundedRoom = new(
        DiagnosticIds.UnboundedRoom,
        "The name of a room should have a limited length",
        "'{0}' becomes part of a room's name, and nothing limits its length; add a limit, for example [MaxLength]",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The names of rooms travel in every notification, and each socket is in the room of its own id.",
        RulePages.HelpLink(DiagnosticIds.UnboundedRoom));

    public static readonly DiagnosticDescriptor BlockingHandler = new(
        DiagnosticIds.BlockingHandler,
        "A handler should not block its thread",
        "{0} blocks its thread with '{1}', so the events behind it wait; return a task in the contract, and await",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Handlers run on the thread pool, and a socket handles one event after the other.",
        RulePages.HelpLink(DiagnosticIds.BlockingHandler));

    public static readonly DiagnosticDescriptor NoContract = new(
        DiagnosticIds.NoContract,
        "An emitter must be of a contract",
        "'{0}' is no contract, so nothing can send its events; {1} [BroadcastEvent]",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The source generator writes the senders of contracts only.",
        RulePages.HelpLink(DiagnosticIds.NoContract));

    public static readonly DiagnosticDescriptor LongConstant = new(
        DiagnosticIds.LongConstant,
        "A constant argument should not make an event an attachment",
        "With this '{0}' the event '{1}' has at least {2} bytes and travels as an attachment; a notification has fewer than {3}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The event could be a notification, but not with this constant.",
        RulePages.HelpLink(DiagnosticIds.LongConstant));
}
