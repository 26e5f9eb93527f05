using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>A payment method: a union with the discriminator <c>$type</c>.</summary>
[JsonDerivedType(typeof(CardPayment), "card")]
[JsonDerivedType(typeof(Invoice), "invoice")]
public abstract record PaymentMethod;
