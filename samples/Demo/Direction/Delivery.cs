namespace EventBus.Samples.Demo.Direction;

/// <summary>An event that a receiver got.</summary>
internal readonly record struct Delivery(string Receiver, int Row, string Digest, double At);
