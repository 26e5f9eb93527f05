namespace EventBus.Generators.Contracts.Bounds;

/// <summary>Whether a value holds binary, for which JSON has no form.</summary>
internal enum BinaryPresence
{
    Never,
    Possible,
    Always,
}
