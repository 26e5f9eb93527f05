using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

/// <summary>The catalogue of the rules. Each has a page in <c>docs/rules</c>.</summary>
internal static class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnreachableContract = new(
        DiagnosticIds.UnreachableContract,
        "Generated code must be able to reach a contract",
        "Generated code cannot reach the contract '{0}': it {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A contract is not generic, and public or internal all the way out, so that generated code can name it.",
        HelpLink(DiagnosticIds.UnreachableContract));

    public static readonly DiagnosticDescriptor UnsupportedParameterType = new(
        DiagnosticIds.UnsupportedParameterType,
        "An event carries types that have a form on the wire",
        "The parameter '{0}' of '{1}' cannot be sent: '{2}' is '{3}', and {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every type that an event carries, directly or inside another, has a form on the wire.",
        HelpLink(DiagnosticIds.UnsupportedParameterType));

    public static readonly DiagnosticDescriptor UnsupportedReturnType = new(
        DiagnosticIds.UnsupportedReturnType,
        "An event returns void, a task, or a task with its answer",
        "The event '{0}' cannot return '{1}': {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Whoever sends waits for nothing, or for answers that come later and have a form on the wire.",
        HelpLink(DiagnosticIds.UnsupportedReturnType));

    public static readonly DiagnosticDescriptor MemberIsNoEvent = new(
        DiagnosticIds.MemberIsNoEvent,
        "A contract has only methods that can be events",
        "'{0}' in the contract '{1}' is {2}, and not a method that can be an event",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each member of a contract is sent by name with arguments; properties, C# events, static and generic members cannot be.",
        HelpLink(DiagnosticIds.MemberIsNoEvent));

    public static readonly DiagnosticDescriptor ArgumentNotByValue = new(
        DiagnosticIds.ArgumentNotByValue,
        "Arguments travel by value, one per parameter",
        "The parameter '{0}' of '{1}' is '{2}', but arguments travel by value, one per parameter",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Nothing comes back through a reference, and the number of arguments is the number of parameters.",
        HelpLink(DiagnosticIds.ArgumentNotByValue));

    public static readonly DiagnosticDescriptor DuplicateEventName = new(
        DiagnosticIds.DuplicateEventName,
        "A contract has each event name once",
        "'{0}' is called '{1}' on the wire, and so is '{2}' in the contract '{3}'; give one of them an [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A receiver tells events by their names alone.",
        HelpLink(DiagnosticIds.DuplicateEventName));

    public static readonly DiagnosticDescriptor UnusableEventName = new(
        DiagnosticIds.UnusableEventName,
        "An event's name is not empty and not reserved",
        "The event '{0}' cannot be called '{1}' on the wire: {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Socket.IO keeps some names for changes of the connection itself.",
        HelpLink(DiagnosticIds.UnusableEventName));

    public static readonly DiagnosticDescriptor HiddenSender = new(
        DiagnosticIds.HiddenSender,
        "An event is not named like a member of the types that send it",
        "The event '{0}' has the name of a member of '{1}', which would be called in place of the generated sender; rename the method and keep the wire name with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Senders are extension methods, and a member of the extended type comes before them.",
        HelpLink(DiagnosticIds.HiddenSender));

    public static readonly DiagnosticDescriptor UnusableBusNamespace = new(
        DiagnosticIds.UnusableBusNamespace,
        "A bus namespace is a name that a channel can have",
        "The bus namespace '{0}' of '{1}' cannot be used: {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each bus namespace is a PostgreSQL channel of its own.",
        HelpLink(DiagnosticIds.UnusableBusNamespace));

    public static readonly DiagnosticDescriptor InheritedInterfaceIsNoContract = new(
        DiagnosticIds.InheritedInterfaceIsNoContract,
        "A contract inherits contracts only",
        "The contract '{0}' inherits '{1}', which is not a contract; mark it [BroadcastEvent] or do not inherit it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "What a contract inherits is sent as its own events.",
        HelpLink(DiagnosticIds.InheritedInterfaceIsNoContract));

    public static readonly DiagnosticDescriptor ContradictingAttributes = new(
        DiagnosticIds.ContradictingAttributes,
        "The attributes of a payload's member do not contradict each other",
        "'{0}' {1}; {2} holds here, and another serializer may see it otherwise",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Attributes of System.Text.Json come before those of the data contract, and these before MessagePack-CSharp's.",
        HelpLink(DiagnosticIds.ContradictingAttributes));

    public static readonly DiagnosticDescriptor UnreadablePayload = new(
        DiagnosticIds.UnreadablePayload,
        "A payload can be read back as it was written",
        "The parameter '{0}' of '{1}' cannot be read back: '{2}' is '{3}', and {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every member that is written is taken by the constructor or can be set by generated code.",
        HelpLink(DiagnosticIds.UnreadablePayload));

    public static readonly DiagnosticDescriptor UnfitFormatter = new(
        DiagnosticIds.UnfitFormatter,
        "A formatter is one of the type it is given for",
        "The parameter '{0}' of '{1}' cannot be sent: '{2}' is '{3}', and {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A [Formatter] names a struct that implements IFormatter<T> for the type, and that generated code can reach.",
        HelpLink(DiagnosticIds.UnfitFormatter));

    public static readonly DiagnosticDescriptor AmbiguousUnion = new(
        DiagnosticIds.AmbiguousUnion,
        "The cases of a union can be told apart",
        "The parameter '{0}' of '{1}' cannot be read back: '{2}' is the union '{3}', and {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every [JsonDerivedType] names a class or struct of the union, with a discriminator that no other has.",
        HelpLink(DiagnosticIds.AmbiguousUnion));

    public static readonly DiagnosticDescriptor UnusedJsonConverter = new(
        DiagnosticIds.UnusedJsonConverter,
        "A JSON converter says nothing on this wire",
        "'{0}' has the JSON converter '{1}', which is not used here: what it would write is not what is sent; give it a [Formatter]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A converter writes JSON alone, and an event may have to travel as MessagePack.",
        HelpLink(DiagnosticIds.UnusedJsonConverter));

    public static readonly DiagnosticDescriptor MisusedProvidedParameter = new(
        DiagnosticIds.MisusedProvidedParameter,
        "What the bus provides is asked for once, and plainly",
        "The bus cannot provide the parameter '{0}' of '{1}': {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event has at most one CancellationToken and one EventContext, which are not sent and always there.",
        HelpLink(DiagnosticIds.MisusedProvidedParameter));

    public static readonly DiagnosticDescriptor SenderClash = new(
        DiagnosticIds.SenderClash,
        "The senders of a contract can be told apart",
        "'{0}' would be sent as '{1}' is in the contract '{2}'; give one of the methods another name, and keep its name on the wire with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Senders have the parameters that are sent; what the bus provides, what is returned and who declares it do not tell them apart.",
        HelpLink(DiagnosticIds.SenderClash));

    public static readonly DiagnosticDescriptor EventAlwaysTooLong = new(
        DiagnosticIds.EventAlwaysTooLong,
        "An event can fit a notification",
        "The event '{0}' always travels as an attachment: a notification has less than {1} bytes, and it has at least {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An attachment is a row of a table: a second write, and a read on every node.",
        HelpLink(DiagnosticIds.EventAlwaysTooLong));

    public static readonly DiagnosticDescriptor EventLikelyTooLong = new(
        DiagnosticIds.EventLikelyTooLong,
        "An event likely fits a notification",
        "The event '{0}' likely travels as an attachment: a notification has less than {1} bytes, and it likely has {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Typical values make it an attachment: a second write, and a read on every node.",
        HelpLink(DiagnosticIds.EventLikelyTooLong));

    public static readonly DiagnosticDescriptor EventMaybeTooLong = new(
        DiagnosticIds.EventMaybeTooLong,
        "An event always fits a notification",
        "The event '{0}' may travel as an attachment: a notification has less than {1} bytes, and {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Limits on text and collections show that an event always fits, or that it does not.",
        HelpLink(DiagnosticIds.EventMaybeTooLong));

    public static readonly DiagnosticDescriptor EventHoldsBinary = new(
        DiagnosticIds.EventHoldsBinary,
        "An event without binary can be a notification",
        "The event '{0}' always travels as an attachment: it holds binary, {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "JSON has no form of binary, so the whole event is a row of a table.",
        HelpLink(DiagnosticIds.EventHoldsBinary));

    public static readonly DiagnosticDescriptor ImpreciseNumber = new(
        DiagnosticIds.ImpreciseNumber,
        "JavaScript reads an integer as it was written",
        "JavaScript rounds {0} of '{1}' where '{2}', a '{3}', is beyond 2^53: declare a [Range], or send text",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A number of JavaScript is a double, which has no place for every integer beyond 2^53 - 1.",
        HelpLink(DiagnosticIds.ImpreciseNumber));

    public static readonly DiagnosticDescriptor EventChanged = new(
        DiagnosticIds.EventChanged,
        "An event keeps the form that the contract lock promises",
        "The event '{0}' breaks what the contract lock promises: {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older or newer version of the contract must understand each other.",
        HelpLink(DiagnosticIds.EventChanged));

    public static readonly DiagnosticDescriptor EventRemoved = new(
        DiagnosticIds.EventRemoved,
        "An event that the contract lock promises is declared",
        "The contract lock promises the event '{0}', and no contract declares it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Peers that run an older version of the contract still send the event, or wait for it.",
        HelpLink(DiagnosticIds.EventRemoved),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor EventNotRecorded = new(
        DiagnosticIds.EventNotRecorded,
        "An event is recorded in the contract lock",
        "The event '{0}' is not recorded in the contract lock: {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "What is not recorded is not protected.",
        HelpLink(DiagnosticIds.EventNotRecorded));

    public static readonly DiagnosticDescriptor MeaninglessLockLine = new(
        DiagnosticIds.MeaninglessLockLine,
        "A line of the contract lock means an event",
        "This line of the contract lock protects nothing: {0}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A line that is not understood protects no event.",
        HelpLink(DiagnosticIds.MeaninglessLockLine),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor AsyncVoidHandler = new(
        DiagnosticIds.AsyncVoidHandler,
        "A handler is not async void",
        "{0} as async void: nobody can wait for it, and an exception ends the process; {1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A receiver's queue waits for each handler and isolates its exceptions. It can do neither for an async void method.",
        HelpLink(DiagnosticIds.AsyncVoidHandler));

    public static readonly DiagnosticDescriptor UnobservedEmit = new(
        DiagnosticIds.UnobservedEmit,
        "Somebody waits for what is emitted",
        "Nobody waits for '{0}', so nobody learns that it failed: await it{1}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The task of an emit is the only one who tells that the event was not sent, or perhaps not.",
        HelpLink(DiagnosticIds.UnobservedEmit));

    public static readonly DiagnosticDescriptor EmitBesideTransaction = new(
        DiagnosticIds.EmitBesideTransaction,
        "While a transaction is open, events are sent within it",
        "'{0}' goes out at once, although {1} may still be rolled back: send it {2}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An emit has a connection and a commit of its own.",
        HelpLink(DiagnosticIds.EmitBesideTransaction));

    public static readonly DiagnosticDescriptor BusPerCall = new(
        DiagnosticIds.BusPerCall,
        "A bus or publisher is made once and kept",
        "'{0}' is called for each {1}: a bus or publisher has connections, a queue and an order of its own; make it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A bus holds a listening connection; a publisher must connect before its first event leaves.",
        HelpLink(DiagnosticIds.BusPerCall));

    public static readonly DiagnosticDescriptor EmitterPerCall = new(
        DiagnosticIds.EmitterPerCall,
        "An emitter is made once and kept",
        "An emitter is made for each {0}: it is thread-safe; make it once",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "An emitter is found from its contract each time it is made.",
        HelpLink(DiagnosticIds.EmitterPerCall));

    public static readonly DiagnosticDescriptor UnboundedRoom = new(
        DiagnosticIds.UnboundedRoom,
        "A room is not named by input that has no limit",
        "'{0}' goes into a room's name without a limit on its length: bound it, for instance with [MaxLength]",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "Names of rooms travel in every notification, and a socket is in the room of its id.",
        HelpLink(DiagnosticIds.UnboundedRoom));

    public static readonly DiagnosticDescriptor BlockingHandler = new(
        DiagnosticIds.BlockingHandler,
        "A handler does not block its thread",
        "'{0}' blocks its thread with '{1}', and the events behind it wait: return a task in the contract, and await",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Handlers run on the thread pool, one event of a socket after the other.",
        HelpLink(DiagnosticIds.BlockingHandler));

    public static readonly DiagnosticDescriptor LongConstant = new(
        DiagnosticIds.LongConstant,
        "No constant makes an attachment of an event",
        "With this '{0}' the event '{1}' has at least {2} bytes and travels as an attachment: a notification has less than {3}",
        DiagnosticCategories.Using,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The event could be a notification, but not with this constant.",
        HelpLink(DiagnosticIds.LongConstant));

    public static readonly DiagnosticDescriptor UnhandledContract = new(
        DiagnosticIds.UnhandledContract,
        "An application handles the contracts it declares",
        "Nobody in this application handles '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A contract of an application of its own is known to nobody else.",
        HelpLink(DiagnosticIds.UnhandledContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor UnsentContract = new(
        DiagnosticIds.UnsentContract,
        "An application sends the contracts it declares",
        "Nobody in this application sends an event of '{0}'",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A contract of an application of its own is known to nobody else.",
        HelpLink(DiagnosticIds.UnsentContract),
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor ContradictingOptions = new(
        DiagnosticIds.ContradictingOptions,
        "Options that are constant are valid, alone and together",
        "'{0}' is '{1}', but {2}",
        DiagnosticCategories.Hosting,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The bus checks its options when it is made, and does not start with these.",
        HelpLink(DiagnosticIds.ContradictingOptions));

    private static string HelpLink(string id) => $"docs/rules/{id}.md";
}
