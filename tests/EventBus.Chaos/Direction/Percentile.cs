using System.Text.Json;

namespace EventBus.Chaos.Direction;

/// <summary>The delays of events, which a process reported.</summary>
internal static class Percentile
{
    public static double[] Read(JsonElement delays) => [.. delays.EnumerateArray().Select(static delay => delay.GetDouble())];

    /// <summary>The delay that 99 of 100 events do not exceed; not a number if there are none.</summary>
    public static double Of99(IReadOnlyCollection<double> delays) =>
        delays.Count == 0 ? double.NaN : delays.Order().ElementAt(delays.Count * 99 / 100);
}
