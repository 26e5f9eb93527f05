using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>The catalogue of the rules. Each has a page in <c>docs/rules</c>.</summary>
internal static class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnreachableContract = new(
        DiagnosticIds.UnreachableContract,
        "A contract must be accessible to generated code",
        "Generated code cannot access the contract '{0}', because it {1}; make it a public or internal interface without type parameters",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The senders of a contract are generated in its namespace and refer to it by name. So a contract is not generic, and it "
            + "is public or internal, like all types around it.",
        HelpLink(DiagnosticIds.UnreachableContract));

    public static readonly DiagnosticDescriptor UnsupportedParameterType = new(
        DiagnosticIds.UnsupportedParameterType,
        "The type of a parameter must have a form on the wire",
        "The parameter '{0}' of '{1}' cannot be sent, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every type that an event carries, directly or inside another type, has a form on the wire.",
        HelpLink(DiagnosticIds.UnsupportedParameterType));

    public static readonly DiagnosticDescriptor UnsupportedReturnType = new(
        DiagnosticIds.UnsupportedReturnType,
        "An event must return void, a task, or a task with an ack",
        "The event '{0}' cannot return '{1}', because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The ack of an event is the result of a Task or ValueTask, and has a form on the wire. An event without an ack returns "
            + "void, Task or ValueTask.",
        HelpLink(DiagnosticIds.UnsupportedReturnType));

    public static readonly DiagnosticDescriptor MemberIsNoEvent = new(
        DiagnosticIds.MemberIsNoEvent,
        "Every member of a contract must be a method that can be an event",
        "'{0}' of the contract '{1}' cannot be an event, because it is {2}; move it out of the contract",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event is sent by name with arguments. Properties, C# events, static members and generic methods cannot be sent in this way.",
        HelpLink(DiagnosticIds.MemberIsNoEvent));

    public static readonly DiagnosticDescriptor ArgumentNotByValue = new(
        DiagnosticIds.ArgumentNotByValue,
        "Parameters must be passed by value",
        "The parameter '{0}' of '{1}' has the modifier '{2}'; remove it, because each argument is copied into a message",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Nothing can come back through a reference, and the number of arguments must be the number of parameters.",
        HelpLink(DiagnosticIds.ArgumentNotByValue));

    public static readonly DiagnosticDescriptor DuplicateEventName = new(
        DiagnosticIds.DuplicateEventName,
        "Event names must be unique within a contract",
        "'{0}' has the name '{1}' on the wire, and so does '{2}' in the contract '{3}'; give one of them another name with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Receivers distinguish events by name alone.",
        HelpLink(DiagnosticIds.DuplicateEventName));

    public static readonly DiagnosticDescriptor UnusableEventName = new(
        DiagnosticIds.UnusableEventName,
        "An event name must not be empty or reserved",
        "The event '{0}' cannot have the name '{1}' on the wire, because {2}; choose another name with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Socket.IO reserves some names for changes of the connection.",
        HelpLink(DiagnosticIds.UnusableEventName));

    public static readonly DiagnosticDescriptor HiddenSender = new(
        DiagnosticIds.HiddenSender,
        "An event must not have the name of a member of an emitter or operator",
        "The event '{0}' has the name of a member of '{1}', so C# calls the member instead of the sender; rename the method, "
            + "and keep the name on the wire with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Senders are extension methods, and C# prefers a member of the extended type to an extension method.",
        HelpLink(DiagnosticIds.HiddenSender));

    public static readonly DiagnosticDescriptor UnusableBusNamespace = new(
        DiagnosticIds.UnusableBusNamespace,
        "A bus namespace must be usable as the name of a channel",
        "The bus namespace '{0}' of '{1}' cannot be used, because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each bus namespace has its own PostgreSQL channel.",
        HelpLink(DiagnosticIds.UnusableBusNamespace));

    public static readonly DiagnosticDescriptor InheritedInterfaceIsNoContract = new(
        DiagnosticIds.InheritedInterfaceIsNoContract,
        "A contract must inherit only contracts",
        "The contract '{0}' inherits '{1}', which is not a contract; mark '{1}' with [BroadcastEvent], or do not inherit it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The methods that a contract inherits are sent as its own events.",
        HelpLink(DiagnosticIds.InheritedInterfaceIsNoContract));

    public static readonly DiagnosticDescriptor ContradictingAttributes = new(
        DiagnosticIds.ContradictingAttributes,
        "The attributes of different serializers should agree",
        "'{0}' {1}; EventBus follows {2}, but another serializer may not",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Attributes of System.Text.Json win over those of the data contract, and these win over those of MessagePack-CSharp.",
        HelpLink(DiagnosticIds.ContradictingAttributes));

    public static readonly DiagnosticDescriptor UnreadablePayload = new(
        DiagnosticIds.UnreadablePayload,
        "A payload must be readable",
        "The parameter '{0}' of '{1}' cannot be read back, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "For every member that is written, the constructor has a parameter, or generated code can set it.",
        HelpLink(DiagnosticIds.UnreadablePayload));

    public static readonly DiagnosticDescriptor UnfitFormatter = new(
        DiagnosticIds.UnfitFormatter,
        "A [Formatter] must format the type that it is applied to",
        "The parameter '{0}' of '{1}' cannot be sent, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A [Formatter] names a struct that implements IFormatter<T> for the type, and that generated code can access.",
        HelpLink(DiagnosticIds.UnfitFormatter));

    public static readonly DiagnosticDescriptor AmbiguousUnion = new(
        DiagnosticIds.AmbiguousUnion,
        "The cases of a union must be distinguishable",
        "The parameter '{0}' of '{1}' cannot be read back, because '{2}' is the union '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every [JsonDerivedType] names a class or struct of the union, with a discriminator that no other case has.",
        HelpLink(DiagnosticIds.AmbiguousUnion));

    public static readonly DiagnosticDescriptor UnusedJsonConverter = new(
        DiagnosticIds.UnusedJsonConverter,
        "EventBus does not use JSON converters",
        "'{0}' has the JSON converter '{1}', which EventBus does not use; add a [Formatter] if the type needs another form on the wire",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A JSON converter writes JSON only, but an event may have to travel as MessagePack.",
        HelpLink(DiagnosticIds.UnusedJsonConverter));

    public static readonly DiagnosticDescriptor MisusedProvidedParameter = new(
        DiagnosticIds.MisusedProvidedParameter,
        "An EventContext or CancellationToken must be unique, not nullable, and without attributes",
        "The bus cannot provide the parameter '{0}' of '{1}', because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event has at most one CancellationToken and one EventContext. They are not sent, and always have a value.",
        HelpLink(DiagnosticIds.MisusedProvidedParameter));

    public static readonly DiagnosticDescriptor SenderClash = new(
        DiagnosticIds.SenderClash,
        "The senders of a contract must have different signatures",
        "'{0}' and '{1}' have senders with the same signature in the contract '{2}'; rename one of the methods, and keep its "
            + "name on the wire with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A sender has only the parameters that are sent. Provided parameters, return types and declaring interfaces do not "
            + "distinguish senders.",
        HelpLink(DiagnosticIds.SenderClash));

    public static readonly DiagnosticDescriptor EventAlwaysTooLong = new(
        DiagnosticIds.EventAlwaysTooLong,
        "An event should be able to fit a notification",
        "The event '{0}' always travels as an attachment: it has at least {2} bytes, and a notification has fewer than {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An attachment is a row of a table: it costs a second write, and a read on every node.",
        HelpLink(DiagnosticIds.EventAlwaysTooLong));

    public static readonly DiagnosticDescriptor EventLikelyTooLong = new(
        DiagnosticIds.EventLikelyTooLong,
        "An event should fit a notification with typical values",
        "The event '{0}' likely travels as an attachment: with typical values it has {2} bytes, and a notification has fewer than {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "With typical values the event is an attachment, which costs a second write, and a read on every node.",
        HelpLink(DiagnosticIds.EventLikelyTooLong));

    public static readonly DiagnosticDescriptor EventMaybeTooLong = new(
        DiagnosticIds.EventMaybeTooLong,
        "An event should fit a notification with all values",
        "The event '{0}' may travel as an attachment, because {2}; a notification has fewer than {1} bytes",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Declared lengths of texts and collections prove that an event always fits a notification.",
        HelpLink(DiagnosticIds.EventMaybeTooLong));

    public static readonly DiagnosticDescriptor EventHoldsBinary = new(
        DiagnosticIds.EventHoldsBinary,
        "An event with binary is always an attachment",
        "The event '{0}' always travels as an attachment, because it holds binary: {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "JSON has no form of binary, so the whole event is a row of a table.",
        HelpLink(DiagnosticIds.EventHoldsBinary));

    public static readonly DiagnosticDescriptor ImpreciseNumber = new(
        DiagnosticIds.ImpreciseNumber,
        "JavaScript should be able to represent every integer",
        "JavaScript rounds {0} of '{1}' if '{2}', of type '{3}', is beyond 2^53; declare a [Range], or send a string",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A number of JavaScript is a double, which cannot represent every integer beyond 2^53 - 1.",
        HelpLink(DiagnosticIds.ImpreciseNumber));

    public static readonly DiagnosticDescriptor EventChanged = new(
        DiagnosticIds.EventChanged,
        "An event must keep the form that the contract lock records",
        "The event '{0}' breaks the contract lock: {1}; undo the change, or record it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older or newer version of the contract must understand each other.",
        HelpLink(DiagnosticIds.EventChanged));

    public static readonly DiagnosticDescriptor EventRemoved = new(
        DiagnosticIds.EventRemoved,
        "An event that the contract lock records must be declared",
        "No contract declares the event '{0}', which the contract lock records; restore the event, or record its removal",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older version of the contract still send the event, or wait for it.",
        HelpLink(DiagnosticIds.EventRemoved),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor EventNotRecorded = new(
        DiagnosticIds.EventNotRecorded,
        "An event should be recorded in the contract lock",
        "The event '{0}' is not recorded in the contract lock; add the line: {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The contract lock protects only events that are recorded.",
        HelpLink(DiagnosticIds.EventNotRecorded));

    public static readonly DiagnosticDescriptor MeaninglessLockLine = new(
        DiagnosticIds.MeaninglessLockLine,
        "A line of the contract lock should describe an event",
        "This line of the contract lock has no effect, because {0}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A line that does not describe an event protects none.",
        HelpLink(DiagnosticIds.MeaninglessLockLine),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        DiagnosticIds.AsyncVoidHandler,
        "A handler must not be async void",
        "{0} as async void, so the bus cannot await it, and an exception ends the process; {1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A receiver's queue awaits each handler and isolates its exceptions. It can do neither for an async void method.",
        HelpLink(DiagnosticIds.AsyncVoidHandler));

    public static readonly DiagnosticDescriptor UnobservedEmit = new(
        DiagnosticIds.UnobservedEmit,
        "The task of an emit should be awaited",
        "The task of '{0}' is not observed, so a failure goes unnoticed; await it{1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Only the task of an emit reports that the event was not sent, or perhaps not sent.",
        HelpLink(DiagnosticIds.UnobservedEmit));

    public static readonly DiagnosticDescriptor EmitBesideTransaction = new(
        DiagnosticIds.EmitBesideTransaction,
        "An event should be sent within the open transaction",
        "'{0}' sends the event at once, although {1} may still be rolled back; send it {2}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An emit has its own connection and its own commit.",
        HelpLink(DiagnosticIds.EmitBesideTransaction));

    public static readonly DiagnosticDescriptor BusPerCall = new(
        DiagnosticIds.BusPerCall,
        "A bus or publisher should be created once",
        "'{0}' is called for each {1}, but a bus or publisher has its own connections, queue and order; create it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A bus holds a listening connection. A publisher must connect before its first event leaves.",
        HelpLink(DiagnosticIds.BusPerCall));

    public static readonly DiagnosticDescriptor EmitterPerCall = new(
        DiagnosticIds.EmitterPerCall,
        "An emitter should be created once",
        "An emitter is created for each {0}, but it is thread-safe; create it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Each new emitter looks up its contract.",
        HelpLink(DiagnosticIds.EmitterPerCall));

    public static readonly DiagnosticDescriptor UnboundedRoom = new(
        DiagnosticIds.UnboundedRoom,
        "The name of a room should have a limited length",
        "'{0}' becomes part of a room's name, and nothing limits its length; add a limit, for example [MaxLength]",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "The names of rooms travel in every notification, and each socket is in the room of its own id.",
        HelpLink(DiagnosticIds.UnboundedRoom));

    public static readonly DiagnosticDescriptor BlockingHandler = new(
        DiagnosticIds.BlockingHandler,
        "A handler should not block its thread",
        "{0} blocks its thread with '{1}', so the events behind it wait; return a task in the contract, and await",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Handlers run on the thread pool, and a socket handles one event after the other.",
        HelpLink(DiagnosticIds.BlockingHandler));

    public static readonly DiagnosticDescriptor LongConstant = new(
        DiagnosticIds.LongConstant,
        "A constant argument should not make an event an attachment",
        "With this '{0}' the event '{1}' has at least {2} bytes and travels as an attachment; a notification has fewer than {3}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The event could be a notification, but not with this constant.",
        HelpLink(DiagnosticIds.LongConstant));

    public static readonly DiagnosticDescriptor UnhandledContract = new(
        DiagnosticIds.UnhandledContract,
        "An application should handle the events of its own contracts",
        "No code of this application handles the events of '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "No other application knows a contract that an application declares for itself.",
        HelpLink(DiagnosticIds.UnhandledContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnsentContract = new(
        DiagnosticIds.UnsentContract,
        "An application should send the events of its own contracts",
        "No code of this application sends an event of '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "No other application knows a contract that an application declares for itself.",
        HelpLink(DiagnosticIds.UnsentContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor ContradictingOptions = new(
        DiagnosticIds.ContradictingOptions,
        "Constant options should be valid",
        "'{0}' is '{1}', but {2}",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The bus validates its options when it is created, and does not start with invalid ones.",
        HelpLink(DiagnosticIds.ContradictingOptions));

    private static string HelpLink(string id) => RulePages.Address(id, RulePages.Repository);
}
