using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>Payment by invoice.</summary>
public sealed record Invoice([property: MaxLength(200)] string Address, DateOnly Due) : PaymentMethod;
