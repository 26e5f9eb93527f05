using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>One event of a contract that nobody waits for. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TSelf">The generated struct.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOneWayEvent<TContract, TSelf> : IEvent<TContract, TSelf>
    where TContract : class
    where TSelf : struct, IOneWayEvent<TContract, TSelf>
{
    /// <summary>Calls the handler's method with the arguments, and a token that is cancelled when the bus stops.</summary>
    static abstract ValueTask InvokeAsync(TContract handler, in TSelf value, CancellationToken cancellationToken);
}
