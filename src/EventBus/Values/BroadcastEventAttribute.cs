namespace EventBus;

/// <summary>Marks an interface as a contract: each of its methods is an event, for which senders, formatters and a dispatcher are generated.</summary>
[AttributeUsage(AttributeTargets.Interface, Inherited = false)]
public sealed class BroadcastEventAttribute : Attribute
{
    /// <summary>The bus namespace that the contract's events belong to. The default is <c>/</c>.</summary>
    public string Namespace { get; set; } = EventBusDefaults.Namespace;
}
