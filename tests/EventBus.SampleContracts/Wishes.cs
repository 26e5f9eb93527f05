using System.Collections.ObjectModel;

namespace EventBus.SampleContracts;

/// <summary>A record with a collection that is filled.</summary>
/// <param name="Owner">Set by the constructor.</param>
public sealed record Wishes(string Owner)
{
    /// <summary>Nothing sets it.</summary>
    public Collection<int> Articles { get; } = [];

    /// <summary>Changes the list.</summary>
    public Wishes Add(int article)
    {
        Articles.Add(article);
        return this;
    }

    /// <summary>Compares the items.</summary>
    public bool Equals(Wishes? other) => other is not null && other.Owner == Owner && other.Articles.SequenceEqual(Articles);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Owner, Articles.Count);
}
