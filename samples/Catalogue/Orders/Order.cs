using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>An order.</summary>
public sealed class Order
{
    /// <summary>Its number.</summary>
    public required long Id { get; init; }

    /// <summary>Who has ordered.</summary>
    [MaxLength(100)]
    public required string Customer { get; init; }

    /// <summary>What was ordered.</summary>
    [MaxLength(50)]
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>Left out where there is none.</summary>
    [MaxLength(20)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Coupon { get; init; }

    /// <summary>Computed, so not sent.</summary>
    public decimal Total => Lines.Sum(static line => line.Price * line.Count);
}
