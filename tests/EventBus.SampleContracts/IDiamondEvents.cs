namespace EventBus.SampleContracts;

/// <summary>Inherits one event by two paths.</summary>
[BroadcastEvent]
public interface IDiamondEvents : ILeftEvents, IRightEvents
{
    /// <summary>Its own.</summary>
    void Bottom(int value);
}
