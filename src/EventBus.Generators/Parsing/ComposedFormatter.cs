namespace EventBus.Generators.Parsing;

/// <summary>A closed formatter as source, and whether it makes a value of null.</summary>
internal readonly record struct ComposedFormatter(string Name, bool TakesNull);
