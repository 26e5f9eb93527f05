namespace EventBus.InteropTests.TypeScript;

/// <summary>In a bus namespace of its own.</summary>
[BroadcastEvent(Namespace = "/guests")]
public interface IGuestEvents
{
    /// <summary>Has a name that TypeScript must quote.</summary>
    [EventName("came in")]
    void CameIn(string name);
}
