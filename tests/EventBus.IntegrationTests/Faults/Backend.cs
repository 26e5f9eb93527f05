namespace EventBus.IntegrationTests.Faults;

/// <summary>One of the two permanent connections of a node.</summary>
internal enum Backend
{
    Listener,
    Publisher,
}
