using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>A player.</summary>
public sealed record Player(Guid Id, [property: MaxLength(40)] string Name, int Rating);
