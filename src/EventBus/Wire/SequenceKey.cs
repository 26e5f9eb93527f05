namespace EventBus.Wire;

/// <summary>EventBus's own key of a cluster message, <c>"eb":{"s":…,"n":…}</c>: where it came from and which it was.</summary>
/// <param name="Source">The publish pipeline, 16 hex digits; null where the message has no such key, because a Node.js peer sent it.</param>
/// <param name="Number">An event's number on its channel, counted from 1. On other messages: the number of the last event before it, so 0 where there was none.</param>
/// <param name="UniqueId">Instead of the number, for events sent inside a caller's transaction.</param>
/// <param name="Ordinal">On messages other than events and heartbeats: a number of their own (<c>"k"</c>) that keeps equal ones from collapsing.</param>
internal readonly record struct SequenceKey(string? Source, long? Number = null, string? UniqueId = null, long? Ordinal = null);
