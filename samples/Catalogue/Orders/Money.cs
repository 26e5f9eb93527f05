using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>An amount in a currency.</summary>
public readonly record struct Money(decimal Amount, [property: MaxLength(3)] string Currency);
