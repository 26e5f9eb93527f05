using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract: its arguments as a generated struct. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TSelf">The generated struct.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEvent<TContract, TSelf>
    where TContract : class
    where TSelf : struct, IEvent<TContract, TSelf>
{
    /// <summary>The event's name on the wire, in UTF-8.</summary>
    static abstract ReadOnlySpan<byte> Name { get; }

    /// <summary>How many values <see cref="WriteArguments"/> writes.</summary>
    static abstract int ArgumentCount { get; }

    /// <summary>The names of the parameters that they are of, in their order, with spaces between. Errors ask.</summary>
    static abstract string Parameters { get; }

    /// <summary>How many bytes its notification takes.</summary>
    static abstract EventSize Size { get; }

    /// <summary>Whether a handler is told where the event came from.</summary>
    static virtual bool TakesContext => false;

    /// <summary>Writes the arguments, one value each, with nothing around them.</summary>
    static abstract void WriteArguments<TWriter>(ref TWriter writer, in TSelf value) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads the arguments from inside the packet's data, after the name; what follows them is ignored by the caller.</summary>
    static abstract TSelf ReadArguments<TReader>(ref TReader reader, ref ValueCursor arguments) where TReader : IValueReader, allows ref struct;

    /// <summary>The event with what its handlers are told; called only where it <see cref="TakesContext"/>.</summary>
    static virtual TSelf WithContext(in TSelf value, EventContext context) => value;
}
