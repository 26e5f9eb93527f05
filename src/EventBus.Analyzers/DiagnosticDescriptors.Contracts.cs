using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers;

// EVB1001 to EVB1017: the shape of a contract and the types of its parameters.
/// <summary>The catalogue of the rules, in one file for each range of ids. Each rule has a page in <c>docs/rules</c>.</summary>
internal static partial class DiagnosticDescriptors
{
    public static readonly DiagnosticDescriptor UnreachableContract = new(
        DiagnosticIds.UnreachableContract,
        "A contract must be accessible to generated code",
        "Generated code cannot access the contract '{0}', because it {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The senders of a contract are generated in its namespace and refer to it by name. So a contract is not generic, and it "
            + "is public or internal, like all types around it. Generated code has no extern alias, so it must be able to name inherited "
            + "contracts without one.",
        RulePages.HelpLink(DiagnosticIds.UnreachableContract));

    public static readonly DiagnosticDescriptor UnsupportedParameterType = new(
        DiagnosticIds.UnsupportedParameterType,
        "The type of a parameter must have a form on the wire",
        "The parameter '{0}' of '{1}' cannot be sent, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every type that an event carries, directly or inside another type, has a form on the wire.",
        RulePages.HelpLink(DiagnosticIds.UnsupportedParameterType));

    public static readonly DiagnosticDescriptor UnsupportedReturnType = new(
        DiagnosticIds.UnsupportedReturnType,
        "An event must return void, a task, or a task with an ack",
        "The event '{0}' cannot return '{1}', because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The ack of an event is the result of a Task or ValueTask, and has a form on the wire. An event without an ack returns "
            + "void, Task or ValueTask.",
        RulePages.HelpLink(DiagnosticIds.UnsupportedReturnType));

    public static readonly DiagnosticDescriptor MemberIsNoEvent = new(
        DiagnosticIds.MemberIsNoEvent,
        "Every member of a contract must be a method that can be an event",
        "'{0}' of the contract '{1}' cannot be an event, because it is {2}; move it out of the contract",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event is sent by name with arguments. Properties, C# events, static members and generic methods cannot be sent in this way.",
        RulePages.HelpLink(DiagnosticIds.MemberIsNoEvent));

    public static readonly DiagnosticDescriptor ArgumentNotByValue = new(
        DiagnosticIds.ArgumentNotByValue,
        "Parameters must be passed by value",
        "The parameter '{0}' of '{1}' has the modifier '{2}'; remove it, because each argument is copied into a message",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Nothing can come back through a reference, and the number of arguments must be the number of parameters.",
        RulePages.HelpLink(DiagnosticIds.ArgumentNotByValue));

    public static readonly DiagnosticDescriptor DuplicateEventName = new(
        DiagnosticIds.DuplicateEventName,
        "Event names must be unique within a contract",
        "'{0}' has the name '{1}' on the wire, and so does '{2}' in the contract '{3}'; give one of them another name with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Receivers distinguish events by name alone.",
        RulePages.HelpLink(DiagnosticIds.DuplicateEventName));

    public static readonly DiagnosticDescriptor UnusableEventName = new(
        DiagnosticIds.UnusableEventName,
        "An event name must not be empty or reserved",
        "The event '{0}' cannot have the name '{1}' on the wire, because {2}; choose another name with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Socket.IO reserves some names for changes of the connection.",
        RulePages.HelpLink(DiagnosticIds.UnusableEventName));

    public static readonly DiagnosticDescriptor HiddenSender = new(
        DiagnosticIds.HiddenSender,
        "An event must not have the name of a member of an emitter or operator",
        "The event '{0}' has the name of a member of '{1}', so C# calls the member instead of the sender; rename the method, "
            + "and keep the name on the wire with [EventName]",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Senders are extension methods, and C# prefers a member of the extended type to an extension method.",
        RulePages.HelpLink(DiagnosticIds.HiddenSender));

    public static readonly DiagnosticDescriptor UnusableBusNamespace = new(
        DiagnosticIds.UnusableBusNamespace,
        "A bus namespace must be usable as the name of a channel",
        "The bus namespace '{0}' of '{1}' cannot be used, because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Each bus namespace has its own PostgreSQL channel.",
        RulePages.HelpLink(DiagnosticIds.UnusableBusNamespace));

    public static readonly DiagnosticDescriptor InheritedInterfaceIsNoContract = new(
        DiagnosticIds.InheritedInterfaceIsNoContract,
        "A contract must inherit only contracts",
        "The contract '{0}' inherits '{1}', which is not a contract; mark '{1}' with [BroadcastEvent], or do not inherit it",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "The methods that a contract inherits are sent as its own events.",
        RulePages.HelpLink(DiagnosticIds.InheritedInterfaceIsNoContract));

    public static readonly DiagnosticDescriptor ContradictingAttributes = new(
        DiagnosticIds.ContradictingAttributes,
        "The attributes of different serializers should agree",
        "'{0}' {1}; EventBus follows {2}, but another serializer may not",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Attributes of System.Text.Json win over those of Newtonsoft.Json, these over those of the data contract, and these over those of "
            + "MessagePack-CSharp.",
        RulePages.HelpLink(DiagnosticIds.ContradictingAttributes));

    public static readonly DiagnosticDescriptor UnreadablePayload = new(
        DiagnosticIds.UnreadablePayload,
        "A payload must be readable",
        "The parameter '{0}' of '{1}' cannot be read back, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "For every member that is written, the constructor has a parameter, or generated code can set it.",
        RulePages.HelpLink(DiagnosticIds.UnreadablePayload));

    public static readonly DiagnosticDescriptor UnfitFormatter = new(
        DiagnosticIds.UnfitFormatter,
        "A [Formatter] must format the type that it is applied to",
        "The parameter '{0}' of '{1}' cannot be sent, because '{2}' is of type '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "A [Formatter] names a struct that implements IFormatter<T> for the type, and that generated code can access.",
        RulePages.HelpLink(DiagnosticIds.UnfitFormatter));

    public static readonly DiagnosticDescriptor AmbiguousUnion = new(
        DiagnosticIds.AmbiguousUnion,
        "The cases of a union must be distinguishable",
        "The parameter '{0}' of '{1}' cannot be read back, because '{2}' is the union '{3}': {4}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "Every [JsonDerivedType] names a class or struct of the union, with a discriminator that no other case has.",
        RulePages.HelpLink(DiagnosticIds.AmbiguousUnion));

    public static readonly DiagnosticDescriptor UnusedJsonConverter = new(
        DiagnosticIds.UnusedJsonConverter,
        "EventBus does not use JSON converters",
        "'{0}' has the JSON converter '{1}', which EventBus does not use; add a [Formatter] if the type needs another form on the wire",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A JSON converter writes JSON only, but an event may have to travel as MessagePack.",
        RulePages.HelpLink(DiagnosticIds.UnusedJsonConverter));

    public static readonly DiagnosticDescriptor UnusedAttribute = new(
        DiagnosticIds.UnusedAttribute,
        "An attribute of a serializer should have an effect",
        "'{0}' {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "EventBus follows attributes of other serializers that name a member or keep it off the wire. An attribute that it does not follow "
            + "is reported, unless it concerns nothing that this wire has.",
        RulePages.HelpLink(DiagnosticIds.UnusedAttribute));

    public static readonly DiagnosticDescriptor MisusedProvidedParameter = new(
        DiagnosticIds.MisusedProvidedParameter,
        "An EventContext or CancellationToken must be unique, not nullable, and without attributes",
        "The bus cannot provide the parameter '{0}' of '{1}', because {2}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "An event has at most one CancellationToken and one EventContext. They are not sent, and always have a value.",
        RulePages.HelpLink(DiagnosticIds.MisusedProvidedParameter));

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
        RulePages.HelpLink(DiagnosticIds.SenderClash));

    public static readonly DiagnosticDescriptor MisappliedFormatter = new(
        DiagnosticIds.MisappliedFormatter,
        "A [Formatter] or [SingleValue] must be the only one, and name a type only on an assembly",
        "This [{0}] {1}",
        DiagnosticCategories.Declaring,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        "On an assembly, [Formatter] names a type and its formatter, and [SingleValue] names a type, once for each type. On a type, member "
            + "or parameter, they do not name it.",
        RulePages.HelpLink(DiagnosticIds.MisappliedFormatter));
}
