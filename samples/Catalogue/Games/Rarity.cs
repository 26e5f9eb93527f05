namespace EventBus.Samples.Catalogue.Games;

/// <summary>The rarity of an achievement.</summary>
public enum Rarity
{
    Common,
    Rare,
    Legendary,
}
