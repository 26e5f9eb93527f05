using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Contains itself in a collection that is filled.</summary>
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public sealed class Nest
{
    /// <summary>Nests inside this one.</summary>
    public List<Nest> Inner { get; } = [];
}
