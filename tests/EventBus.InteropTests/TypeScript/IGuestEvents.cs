namespace EventBus.InteropTests.TypeScript;

/// <summary>A contract with its own bus namespace.</summary>
[BroadcastEvent(Namespace = "/guests")]
public interface IGuestEvents
{
    /// <summary>An event name that TypeScript must quote.</summary>
    [EventName("came in")]
    void CameIn(string name);
}
