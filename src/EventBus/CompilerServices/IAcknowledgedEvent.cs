using System.ComponentModel;
using EventBus.Serialization;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract that its receivers answer. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TSelf">The generated struct.</typeparam>
/// <typeparam name="TAnswer">What a receiver answers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAcknowledgedEvent<TContract, TSelf, TAnswer> : IEvent<TContract, TSelf>
    where TContract : class
    where TSelf : struct, IAcknowledgedEvent<TContract, TSelf, TAnswer>
{
    /// <summary>Writes an answer: one value.</summary>
    static abstract void WriteAnswer<TWriter>(ref TWriter writer, in TAnswer answer) where TWriter : IValueWriter, allows ref struct;

    /// <summary>Reads an answer.</summary>
    static abstract TAnswer ReadAnswer<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct;

    /// <summary>Calls the handler's method with the arguments, and a token that is cancelled when the bus stops, for its answer.</summary>
    static abstract ValueTask<TAnswer> InvokeAsync(TContract handler, in TSelf value, CancellationToken cancellationToken);
}
