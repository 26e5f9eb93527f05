namespace EventBus.Samples.Catalogue.Games;

/// <summary>From one square to another; <paramref name="Promotion"/> where a pawn becomes something else.</summary>
public readonly record struct Move(Square From, Square To, char? Promotion = null);
