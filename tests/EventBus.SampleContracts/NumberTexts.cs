using System.Collections.ObjectModel;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Numbers that are text on the wire, as System.Text.Json writes them.</summary>
/// <param name="Id">An integer that JavaScript would round.</param>
/// <param name="Count">A large integer.</param>
/// <param name="Step">A small integer, or null.</param>
/// <param name="Ratio">A float.</param>
/// <param name="Share">A float.</param>
/// <param name="Part">A float.</param>
[JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
public sealed record NumberTexts(long Id, ulong Count, short? Step, double Ratio, float Share, Half Part);

/// <summary>Numbers that are read from text, too.</summary>
public sealed class LenientNumbers
{
    /// <summary>Written as a number.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public int Id { get; set; }

    /// <summary>All numbers in it are text.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public Dictionary<string, (long, double?)[]>? Parts { get; init; }

    /// <summary>Numbers without an attribute.</summary>
    public Collection<int> Others { get; } = [];

    /// <summary>Filled, and its numbers are text.</summary>
    [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
    public Collection<int> Filled { get; } = [];
}
