using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract, and what it carries. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">What it carries.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventBinding<TContract, TArguments> : EventBinding<TContract>
    where TContract : class
    where TArguments : struct, IArguments<TArguments>
{
    private readonly TArguments _defaults;

    private protected EventBinding(string name, string parameters, EventSize size)
        : base(name, parameters, size)
    {
    }

    /// <summary>What stands for optional arguments that a sender did not know, or said null for where that is no value of them.</summary>
    public TArguments Defaults
    {
        get => _defaults;
        init => _defaults = value;
    }

    /// <summary>Whether a handler is told where the event came from.</summary>
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
        return TArguments.Read(ref reader, ref arguments, in _defaults);
    }
}
