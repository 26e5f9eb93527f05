namespace EventBus.SampleContracts;

/// <summary>Holds a contract that is internal, with a payload that is nested too.</summary>
internal static class Outer
{
    [BroadcastEvent]
    internal interface INestedEvents
    {
        void Ping(Payload payload);
    }

    internal sealed record Payload(int Id);
}
