using System.ComponentModel;

namespace EventBus.CompilerServices;

/// <summary>Calls a handler's method. For generated code.</summary>
/// <typeparam name="TContract">The contract.</typeparam>
/// <typeparam name="TArguments">What the event carries.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate ValueTask HandlerCall<TContract, TArguments>(TContract handler, TArguments arguments, ProvidedArguments provided);
