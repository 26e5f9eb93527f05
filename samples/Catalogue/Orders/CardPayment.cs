using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>Payment by a card that the provider has stored.</summary>
public sealed record CardPayment([property: MaxLength(64)] string Token, [property: MaxLength(4)] string LastDigits) : PaymentMethod;
