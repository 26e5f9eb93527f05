using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Orders;

/// <summary>An order.</summary>
public sealed class Order
{
    /// <summary>The number of the order.</summary>
    public required long Id { get; init; }

    /// <summary>The customer.</summary>
    [MaxLength(100)]
    public required string Customer { get; init; }

    /// <summary>The ordered articles.</summary>
    [MaxLength(50)]
    public required IReadOnlyList<OrderLine> Lines { get; init; }

    /// <summary>Omitted if it is null.</summary>
    [MaxLength(20)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Coupon { get; init; }

    /// <summary>A computed property is not sent.</summary>
    public decimal Total => Lines.Sum(static line => line.Price * line.Count);
}
