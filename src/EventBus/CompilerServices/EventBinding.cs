using System.ComponentModel;
using System.Text;
using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>An event, independent of its contract and its arguments. For generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventDefinition
{
    private readonly string _parameters;

    private protected EventDefinition(string name, string parameters, EventSize size)
    {
        Name = Encoding.UTF8.GetBytes(name);
        Size = size;
        _parameters = parameters;
    }

    /// <summary>Whether the event is written to the journal.</summary>
    public bool IsJournaled { get; init; }

    /// <summary>Whether the option that all events are written to the journal concerns it: it requests no acks.</summary>
    internal virtual bool CanBeJournaled => true;

    /// <summary>The event's name on the wire, in UTF-8.</summary>
    internal byte[] Name { get; }

    /// <summary>Returns the hash of the partition key from the arguments; null if the event has no key.</summary>
    internal Delegate? KeyOf { get; private protected init; }

    /// <summary>The interface of its contract.</summary>
    internal abstract Type Contract { get; }

    /// <summary>The labels of its activities and measurements.</summary>
    internal EventLabels Labels => field ??= new EventLabels(Contract, Encoding.UTF8.GetString(Name));

    /// <summary>How many bytes its notification takes.</summary>
    internal EventSize Size { get; }

    /// <summary>Its parameters in their order. They are read when the first event is received.</summary>
    internal EventParameter[] Parameters => field ??= EventParameter.All(_parameters);

    /// <summary>The mark of a journaled event with these arguments.</summary>
    internal JournalMark Mark<TArguments>(in TArguments arguments) =>
        new(Name, KeyOf is Func<TArguments, int> key ? key(arguments) : 0);
}

/// <summary>An event of one contract: decodes packets into invocations of its handlers. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventBinding<TContract> : EventDefinition
    where TContract : class
{
    private protected EventBinding(string name, string parameters, EventSize size)
        : base(name, parameters, size)
    {
    }

    internal sealed override Type Contract => typeof(TContract);

    /// <summary>Decodes the data of a packet, <c>[name, ...arguments]</c>, into an invocation for any number of handlers.</summary>
    /// <exception cref="EventSerializationException">
    /// The arguments are not this event's; the error names the event and the path to the value.
    /// </exception>
    internal abstract EventInvocation<TContract> Decode(EncodedValue packetData, in EventOrigin origin);
}

/// <summary>An event of one contract, with its arguments. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">The arguments: one value, or a tuple.</typeparam>
/// <typeparam name="TFormatter">The formatter of the arguments.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventBinding<TContract, TArguments, TFormatter> : EventBinding<TContract>
    where TContract : class
    where TFormatter : struct, IItemsFormatter<TArguments>
{
    private readonly TArguments _defaults = default!;

    private protected EventBinding(string name, string parameters, EventSize size)
        : base(name, parameters, size)
    {
    }

    /// <summary>The values of optional arguments that a sender left out, or sent as null if null is no value of their type.</summary>
    public TArguments Defaults
    {
        get => _defaults;
        init => _defaults = value;
    }

    /// <summary>Returns the hash of the partition key from the arguments; null if the event has no key.</summary>
    public Func<TArguments, int>? Key
    {
        get => (Func<TArguments, int>?)KeyOf;
        init => KeyOf = value;
    }

    /// <summary>Whether handlers receive a context.</summary>
    public bool TakesContext { get; init; }

    internal sealed override EventInvocation<TContract> Decode(EncodedValue packetData, in EventOrigin origin)
    {
        var arguments = new ArgumentReader(this);
        try
        {
            var value = Read(packetData, ref arguments);
            return Invocation(in value, TakesContext ? origin.Describe() : null);
        }
        catch (EventSerializationException exception)
        {
            throw EventReadError.Of(this, arguments.Parameter, packetData, exception);
        }
    }

    private protected abstract EventInvocation<TContract> Invocation(in TArguments arguments, EventContext? context);

    private TArguments Read(EncodedValue packetData, ref ArgumentReader arguments)
    {
        if (packetData.Encoding == ValueEncoding.Json)
        {
            var json = new JsonValueReader(packetData.Bytes.Span);
            return Read(ref json, ref arguments);
        }

        var messagePack = new MessagePackValueReader(packetData.Bytes.Span);
        return Read(ref messagePack, ref arguments);
    }

    private TArguments Read<TReader>(ref TReader reader, ref ArgumentReader arguments)
        where TReader : IValueReader, allows ref struct
    {
        arguments.Begin(ref reader);
        return default(TFormatter).ReadItems(ref reader, ref arguments, in _defaults);
    }
}

/// <summary>One parameter of an event.</summary>
/// <param name="Name">Its name in the contract.</param>
/// <param name="IsOptional">Whether its default is used if the sender left it out.</param>
/// <param name="IsNullDefault">Whether null, which JavaScript's undefined becomes, stands for the default as well.</param>
internal readonly record struct EventParameter(string Name, bool IsOptional, bool IsNullDefault)
{
    /// <summary>
    /// Reads the list of generated code: names separated by spaces; <c>?</c> follows an optional one, <c>??</c> one whose default null
    /// stands for as well.
    /// </summary>
    public static EventParameter[] All(string parameters) =>
        parameters.Length == 0 ? [] : Array.ConvertAll(parameters.Split(' '), Read);

    private static EventParameter Read(string item) =>
        new(item.TrimEnd('?'), item.EndsWith('?'), item.EndsWith("??", StringComparison.Ordinal));
}
