using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>At once, by a card that the provider knows.</summary>
public sealed record CardPayment([property: MaxLength(64)] string Token, [property: MaxLength(4)] string LastDigits) : PaymentMethod;
