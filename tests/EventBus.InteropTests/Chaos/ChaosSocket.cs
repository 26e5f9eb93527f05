namespace EventBus.InteropTests.Chaos;

/// <summary>A socket of a node under chaos: its id, and the answer it gives to every question.</summary>
internal sealed record ChaosSocket(string Id, string Answer);
