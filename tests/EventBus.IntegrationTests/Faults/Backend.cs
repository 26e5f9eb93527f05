namespace EventBus.IntegrationTests.Faults;

/// <summary>One of a node's two standing connections.</summary>
internal enum Backend
{
    Listener,
    Publisher,
}
