using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>One type that a value of a union may be.</summary>
internal sealed class UnionCase(INamedTypeSymbol type, object? discriminator)
{
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>Text or an <see cref="int"/>; null for the union's own type where it is no case of its own, which is written without one.</summary>
    public object? Discriminator { get; } = discriminator;
}
