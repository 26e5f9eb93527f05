namespace EventBus.InteropTests.Chaos;

/// <summary>A socket of a node under chaos: its id, and its ack of every event.</summary>
internal sealed record ChaosSocket(string Id, string Ack);
