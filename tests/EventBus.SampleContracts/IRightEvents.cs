namespace EventBus.SampleContracts;

/// <summary>Inherits.</summary>
[BroadcastEvent]
public interface IRightEvents : IRootEvents
{
    /// <summary>Right.</summary>
    Task Right();
}
