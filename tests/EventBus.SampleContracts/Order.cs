using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Every kind of member.</summary>
/// <param name="id">Taken by the constructor.</param>
/// <param name="note">Taken by the constructor, with a default.</param>
public sealed class Order(Guid id, string note = "none") : Document
{
    /// <summary>Taken by the constructor.</summary>
    public Guid Id { get; } = id;

    /// <summary>Taken by the constructor, with a default.</summary>
    public string Note { get; } = note;

    /// <summary>Required.</summary>
    public required IReadOnlyList<Line> Lines { get; init; }

    /// <summary>Must be set in C#; null if it is missing on the wire.</summary>
    public required string? Customer { get; init; }

    /// <summary>Keeps its initial value if it is missing.</summary>
    public int Page { get; init; } = 7;

    /// <summary>Keeps its initial value if it is missing.</summary>
    public Priority Priority { get; set; } = Priority.High;

    /// <summary>Has another name on the wire and is sent by names.</summary>
    [JsonPropertyName("prio-name")]
    [JsonConverter(typeof(JsonStringEnumConverter<Priority>))]
    public Priority PriorityName { get; set; }

    /// <summary>Left out if it is null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Coupon { get; set; }

    /// <summary>Left out if it is 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public decimal Discount { get; set; }

    /// <summary>Never sent.</summary>
    [JsonIgnore]
    public string Secret { get; set; } = "secret";

    /// <summary>Computed, so not sent.</summary>
    public int Count => Lines.Count;

    /// <summary>A cyclic type.</summary>
    public Order? Replaces { get; set; }
}
