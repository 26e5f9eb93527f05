namespace EventBus.SampleContracts;

/// <summary>Inherited.</summary>
[BroadcastEvent]
public interface IRootEvents
{
    /// <summary>Inherited on two ways.</summary>
    ValueTask Root(Order order);
}
