namespace EventBus;

/// <summary>How a broadcast is to be delivered: the <c>flags</c> of the wire. <see cref="Local"/> never leaves the process.</summary>
internal readonly record struct BroadcastFlags(bool Local = false, bool Volatile = false, bool? Compress = null, bool ExpectSingleResponse = false);
