namespace EventBus.Hosting;

/// <summary>The event that a scope was made for, so that its services can take the context.</summary>
internal sealed class DurableScope
{
    /// <exception cref="InvalidOperationException">The scope was not made for an event of a durable handler.</exception>
    public DurableContext Context
    {
        get => field ?? throw new InvalidOperationException(
            "There is a DurableContext only in the scope of an event that a durable handler handles. Add the handler with "
            + "AddHandler<…>().Durable(…), and do not register it as a singleton.");
        set;
    }
}
