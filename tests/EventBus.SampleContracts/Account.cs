using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>A class that only its own assembly can make and change.</summary>
[SuppressMessage("Performance", "CA1802:Use literals where appropriate", Justification = "A payload.")]
public class Account
{
    [JsonInclude]
    private int _version = 1;

    private Account(string owner) => Owner = owner;

    /// <summary>Taken by the private constructor.</summary>
    public string Owner { get; }

    /// <summary>Set privately.</summary>
    public decimal Balance { get; private set; }

    /// <summary>Set privately, once.</summary>
    public DateOnly Opened { get; private init; } = DateOnly.MinValue;

    /// <summary>Has a public setter.</summary>
    public string? Note { get; set; }

    [JsonInclude]
    [JsonPropertyName("limit")]
    private decimal? Limit { get; set; }

    /// <summary>Opens an account.</summary>
    public static Account Open(string owner, decimal balance, decimal? limit) =>
        new(owner) { Balance = balance, Limit = limit, Opened = new DateOnly(2026, 1, 2), _version = 2 };

    /// <summary>All members, for comparison.</summary>
    public override string ToString() => FormattableString.Invariant($"{Owner} {Balance} {Opened:O} {Note} {Limit} v{_version}");
}
