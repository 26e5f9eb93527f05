namespace EventBus.Durable;

/// <summary>The processes that have handled an event ended meanwhile, so there is no other exception.</summary>
internal sealed class ProcessEndedException(string message) : Exception(message);
