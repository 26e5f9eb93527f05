namespace EventBus.Generators.Tests.Bounds;

/// <summary>Which values to make.</summary>
internal enum Extreme
{
    Shortest,
    Any,
    Longest,
}
