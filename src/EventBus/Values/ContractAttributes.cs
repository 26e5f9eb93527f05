namespace EventBus;

/// <summary>
/// Marks an interface as a contract: each of its methods is an event, for which senders, formatters and a dispatcher are generated.
/// </summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class BroadcastEventAttribute : Attribute
{
    /// <summary>The bus namespace of the contract's events. The default is <c>/</c>.</summary>
    public string Namespace { get; set; } = EventBusDefaults.Namespace;
}

/// <summary>Sets the name of an event on the wire. The default is the name of the method in camelCase.</summary>
/// <param name="name">The name that peers see.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EventNameAttribute(string name) : Attribute
{
    /// <summary>The name that peers see.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Also writes an event, or all events of a contract, to the journal: a table of the database, in the statement or the transaction that
/// notifies. So the event is kept for <see cref="EventBusOptions.JournalRetention"/>, also if nobody listens.
/// </summary>
/// <remarks>
/// An emit of the event completes when the row is on the disk. If the journal cannot be written, it fails with
/// <see cref="EventNotSentException"/>, and nobody receives the event. A <c>Local</c> emit writes no row. An event with an ack cannot be
/// journaled (EVB1030). Events of <see cref="IUntypedEvents"/> write a row only with <see cref="JournalScope.All"/>, and events from SQL
/// none.
/// </remarks>
[AttributeUsage(AttributeTargets.Interface | AttributeTargets.Method, Inherited = false)]
public sealed class JournaledAttribute : Attribute;

/// <summary>
/// Marks the parameter of a journaled event that decides which events must stay in order when several processes share the work: those with
/// an equal key. The journal contains a hash of it.
/// </summary>
/// <remarks>
/// An event has at most one: a text, a character, a <see cref="bool"/>, an integer, a <see cref="Guid"/>, an enum, or a type with
/// <see cref="SingleValueAttribute"/> that has one of these (EVB1031).
/// </remarks>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class PartitionKeyAttribute : Attribute;

/// <summary>
/// Marks a class or struct without state that events carry: it is written as an empty object, and its presence is the only information.
/// Without this attribute, a type with no member to write is an error (EVB1018).
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class EmptyPayloadAttribute : Attribute;

/// <summary>
/// Sets the formatter of a type, or of one member or parameter: a struct that implements <c>EventBus.Serialization.IFormatter&lt;T&gt;</c>
/// for the type. On an assembly, it sets the formatter of a type that cannot have the attribute itself.
/// </summary>
/// <remarks>
/// The formatter of a member or parameter takes precedence over that of the assembly, and this one over that of the type. If a nullable
/// member is null, null is written and the formatter is not called, unless it is a formatter of the nullable type itself.
/// </remarks>
/// <example><c>[assembly: Formatter(typeof(IPEndPoint), typeof(IPEndPointFormatter))]</c></example>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Enum
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter | AttributeTargets.Assembly,
    AllowMultiple = true,
    Inherited = false)]
public sealed class FormatterAttribute : Attribute
{
    /// <summary>Sets the formatter of the type, member or parameter that has the attribute, which has no other one.</summary>
    /// <param name="formatterType">The formatter.</param>
    public FormatterAttribute(Type formatterType) => FormatterType = formatterType;

    /// <summary>Sets the formatter of a type in all contracts and payloads of the assembly that has the attribute.</summary>
    /// <param name="formattedType">The type; no other attribute of the assembly names it.</param>
    /// <param name="formatterType">The formatter.</param>
    public FormatterAttribute(Type formattedType, Type formatterType)
    {
        FormattedType = formattedType;
        FormatterType = formatterType;
    }

    /// <summary>The type that the assembly sets the formatter of; null if the attribute is not on an assembly.</summary>
    public Type? FormattedType { get; }

    /// <summary>The formatter.</summary>
    public Type FormatterType { get; }
}

/// <summary>
/// Marks a class that handles the events of the contracts that it implements. The generated method <c>AddHandlers()</c> of the bus builder
/// adds all marked classes of the project, as <c>AddHandler</c> does.
/// </summary>
/// <remarks>Each attribute adds one socket for each contract.</remarks>
/// <param name="rooms">The rooms of the socket. Without rooms it receives only the events that are sent to all sockets.</param>
/// <example><c>[EventHandler("orders")] public sealed class Billing(Ledger ledger) : IOrderEvents { … }</c></example>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class EventHandlerAttribute(params string[] rooms) : Attribute
{
    /// <summary>The rooms of the socket.</summary>
    public IReadOnlyList<string> Rooms { get; } = rooms;

    /// <summary>Whether the class handles server-side events, as <c>AddServerSideHandler</c> does. It then has no rooms.</summary>
    public bool IsServerSide { get; set; }
}
