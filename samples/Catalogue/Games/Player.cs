using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Somebody who plays.</summary>
public sealed record Player(Guid Id, [property: MaxLength(40)] string Name, int Rating);
