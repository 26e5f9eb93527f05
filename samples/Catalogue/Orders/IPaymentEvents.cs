using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>The messages of the payment provider.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IPaymentEvents
{
    /// <summary>A customer has chosen a payment method.</summary>
    ValueTask Chosen(long order, PaymentMethod method);

    /// <summary>The payment has arrived. A decimal is text in JavaScript, whose numbers would round it.</summary>
    ValueTask Paid(long order, Money amount, [MaxLength(64)] string reference);

    /// <summary>The payment has failed.</summary>
    ValueTask Declined(long order, [MaxLength(200)] string reason);

    /// <summary>A part of the payment was refunded.</summary>
    ValueTask Refunded(long order, Money amount);
}
