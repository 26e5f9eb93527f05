using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>What the payment provider says.</summary>
[BroadcastEvent(Namespace = "/shop")]
public interface IPaymentEvents
{
    /// <summary>Somebody has said how to pay.</summary>
    ValueTask Chosen(long order, PaymentMethod method);

    /// <summary>The money is here. A decimal is text for JavaScript, which would round it.</summary>
    ValueTask Paid(long order, Money amount, [MaxLength(64)] string reference);

    /// <summary>It will not come.</summary>
    ValueTask Declined(long order, [MaxLength(200)] string reason);

    /// <summary>Some of it goes back.</summary>
    ValueTask Refunded(long order, Money amount);
}
