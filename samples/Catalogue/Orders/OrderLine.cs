using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>One line of an order.</summary>
public readonly record struct OrderLine([property: MaxLength(20)] string Article, int Count, decimal Price);
