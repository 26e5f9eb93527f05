namespace EventBus.Samples.Demo.Direction;

/// <summary>The observation of a broadcast on its channel.</summary>
/// <param name="Way">Its form.</param>
/// <param name="Bytes">The size of the notification, or of the attachment.</param>
/// <param name="Number">The number that EventBus gave it; null if a Socket.IO server sent it.</param>
internal readonly record struct Observation(Way Way, int Bytes, long? Number);
