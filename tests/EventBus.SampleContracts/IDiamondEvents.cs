namespace EventBus.SampleContracts;

/// <summary>Inherits one event on two ways.</summary>
[BroadcastEvent]
public interface IDiamondEvents : ILeftEvents, IRightEvents
{
    /// <summary>Its own.</summary>
    void Bottom(int value);
}
