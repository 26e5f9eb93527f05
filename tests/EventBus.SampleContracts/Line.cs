namespace EventBus.SampleContracts;

/// <summary>A record struct.</summary>
/// <param name="Article">The article.</param>
/// <param name="At">A struct with fields.</param>
public readonly record struct Line(string Article, Point At);
