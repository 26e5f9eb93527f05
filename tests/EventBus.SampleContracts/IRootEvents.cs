namespace EventBus.SampleContracts;

/// <summary>Inherited.</summary>
[BroadcastEvent]
public interface IRootEvents
{
    /// <summary>Inherited by two paths.</summary>
    ValueTask Root(Order order);
}
