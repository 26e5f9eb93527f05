namespace EventBus.SampleContracts;

/// <summary>Inherits.</summary>
[BroadcastEvent]
public interface ILeftEvents : IRootEvents
{
    /// <summary>Left.</summary>
    void Left(string text);
}
