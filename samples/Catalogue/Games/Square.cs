namespace EventBus.Samples.Catalogue.Games;

/// <summary>A square of a board, from 0.</summary>
public readonly record struct Square(byte File, byte Rank);
