namespace EventBus.Generators.Model;

/// <summary>How many bytes an event's notification takes.</summary>
internal sealed record EventSizeModel(long Least, long Likely, long? Greatest, bool IsAlwaysAttached);
