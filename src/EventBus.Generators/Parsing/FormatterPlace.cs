namespace EventBus.Generators.Parsing;

/// <summary>Where a generated formatter is, and what it is called.</summary>
internal sealed record FormatterPlace(string Namespace, string Name)
{
    public string FullName => $"global::{Namespace}.{Name}";

    public string HintName => $"{Namespace.Replace("@", "")}.{Name}.g.cs";
}
