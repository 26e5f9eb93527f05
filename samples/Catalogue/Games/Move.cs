namespace EventBus.Samples.Catalogue.Games;

/// <summary>A move from one square to another, with the new piece if a pawn is promoted.</summary>
public readonly record struct Move(Square From, Square To, char? Promotion = null);
