using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>Calls a handler's method for its answer. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">What the event carries.</typeparam>
/// <typeparam name="TAnswer">What a receiver answers.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask<TAnswer> HandlerCall<TContract, TArguments, TAnswer>(TContract handler, TArguments arguments, ProvidedArguments provided);
