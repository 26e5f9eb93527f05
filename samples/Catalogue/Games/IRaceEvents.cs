using System.ComponentModel.DataAnnotations;

namespace EventBus.Samples.Catalogue.Games;

/// <summary>Positions, many times a second: emit them volatile, or post them.</summary>
[BroadcastEvent(Namespace = "/games")]
public interface IRaceEvents
{
    /// <summary>The positions of all cars.</summary>
    void Positions(long tick, [MaxLength(20)] (int Car, float X, float Y, float Heading)[] cars);

    /// <summary>A car has finished a lap.</summary>
    void Lap(int car, int lap, TimeSpan time, TimeOnly at);
}
