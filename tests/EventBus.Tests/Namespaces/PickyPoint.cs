namespace EventBus.Tests.Namespaces;

/// <summary>A payload whose constructor does not take everything.</summary>
public sealed record PickyPoint
{
    public PickyPoint(int x) => X = x >= 0 ? x : throw new ArgumentOutOfRangeException(nameof(x));

    public int X { get; init; }
}
