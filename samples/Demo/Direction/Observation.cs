namespace EventBus.Samples.Demo.Direction;

/// <summary>What was seen of one broadcast on its channel.</summary>
/// <param name="Way">How it went.</param>
/// <param name="Bytes">The size of the notification, or of the attachment.</param>
/// <param name="Number">EventBus's number of it; null for what a Socket.IO server sent.</param>
internal readonly record struct Observation(Way Way, int Bytes, long? Number);
