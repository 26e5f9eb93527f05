using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>How somebody pays: a union, the cases of which are told apart by <c>$type</c>.</summary>
[JsonDerivedType(typeof(CardPayment), "card")]
[JsonDerivedType(typeof(Invoice), "invoice")]
public abstract record PaymentMethod;
