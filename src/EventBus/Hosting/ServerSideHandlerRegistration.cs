namespace EventBus.Hosting;

/// <summary>One handler of server-side events that the host sets before the bus starts.</summary>
internal sealed record ServerSideHandlerRegistration(Action<IServiceProvider, IEventBus> Set);
