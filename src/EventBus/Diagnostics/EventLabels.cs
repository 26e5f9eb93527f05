namespace EventBus.Diagnostics;

/// <summary>The contract and the name of an event, as tags of its activities and measurements. Rooms are never among them.</summary>
internal sealed class EventLabels
{
    private const string ContractTag = "eventbus.contract";
    private const string EventTag = "eventbus.event";

    private readonly KeyValuePair<string, object?>[] _tags;

    /// <param name="contract">The interface of the contract; null for an event by name.</param>
    /// <param name="eventName">The name on the wire.</param>
    /// <param name="isNameBounded">
    /// Whether the name may be a tag of measurements. It may not if any sender can invent names: each is a time series.
    /// </param>
    public EventLabels(Type? contract, string eventName, bool isNameBounded = true)
    {
        Contract = contract?.FullName;
        EventName = eventName;
        var tags = new List<KeyValuePair<string, object?>>();
        AddTo(tags);
        _tags = isNameBounded ? [.. tags] : [.. tags.Where(static tag => tag.Key != EventTag)];
    }

    /// <summary>The full name of the interface of the contract; null for an event by name.</summary>
    public string? Contract { get; }

    /// <summary>The name on the wire.</summary>
    public string EventName { get; }

    /// <summary>The tags of measurements.</summary>
    public ReadOnlySpan<KeyValuePair<string, object?>> Tags => _tags;

    /// <summary>Adds the tags of an activity.</summary>
    public void AddTo(List<KeyValuePair<string, object?>> tags)
    {
        if (Contract is not null)
            tags.Add(new(ContractTag, Contract));
        tags.Add(new(EventTag, EventName));
    }
}
