namespace EventBus;

/// <summary>
/// How the activity of a handler belongs to the activity of the emit. Set it with <see cref="EventBusOptions.TraceRelation"/>.
/// </summary>
/// <remarks>
/// An event reaches every process of the cluster, so an emit can have as many activities of handlers as there are sockets.
/// </remarks>
public enum TraceRelation
{
    /// <summary>
    /// The activity of the emit is its parent: one trace shows the emit and all handlers, in all processes, and the sampler of the sender
    /// decides for all of them.
    /// </summary>
    Child,

    /// <summary>
    /// It begins a trace of its own, with a link to the activity of the emit: traces stay small, and the sampler of the receiving process
    /// decides.
    /// </summary>
    Link,
}
