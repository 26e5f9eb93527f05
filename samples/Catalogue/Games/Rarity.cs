namespace EventBus.Samples.Catalogue.Games;

/// <summary>How rare something is.</summary>
public enum Rarity
{
    Common,
    Rare,
    Legendary,
}
