namespace EventBus.Samples.Demo.Direction;

/// <summary>One event that one receiver got.</summary>
internal readonly record struct Delivery(string Receiver, int Row, string Digest, double At);
