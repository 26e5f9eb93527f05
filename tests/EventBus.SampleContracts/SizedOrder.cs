// Nobody validates here: the compiler reads these attributes.
#pragma warning disable IL2026

using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Limits on the parameters of a record, and on properties.</summary>
/// <param name="Id">Of fixed size.</param>
/// <param name="Note">Limited on the parameter.</param>
/// <param name="Lines">A collection of payloads.</param>
public sealed record SizedOrder(Guid Id, [MaxLength(8)] string Note, [MaxLength(2)] IReadOnlyList<SizedLine> Lines)
{
    /// <summary>Limited on the property; named so that it is escaped.</summary>
    [MaxLength(3)]
    [JsonPropertyName("\"ä\"")]
    public string? Coupon { get; init; }
}

/// <summary>A struct.</summary>
/// <param name="Article">Limited on the property.</param>
/// <param name="Count">Limited on the parameter.</param>
public readonly record struct SizedLine([property: StringLength(12)] string Article, [Range(1, 99)] int Count);

/// <summary>Has no member that is always written.</summary>
public sealed class SizedHints
{
    /// <summary>Left out if it is null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte? Level { get; set; }

    /// <summary>Left out if it is 0.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Count { get; set; }
}

/// <summary>No members.</summary>
[EmptyPayload]
public sealed record Nothing;

/// <summary>A tree.</summary>
/// <param name="Name">Limited.</param>
/// <param name="Branches">Its branches.</param>
/// <param name="Next">Another tree.</param>
public sealed record Branch([MaxLength(4)] string Name, [MaxLength(2)] IReadOnlyList<Branch> Branches, Branch? Next);
