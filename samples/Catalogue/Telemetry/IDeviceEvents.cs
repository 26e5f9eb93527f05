using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>What devices in the field say; the room is the device.</summary>
[BroadcastEvent(Namespace = "/telemetry")]
public interface IDeviceEvents
{
    /// <summary>It is alive.</summary>
    void Alive([MaxLength(32)] string device, Version firmware, [Range(0, 100)] byte battery);

    /// <summary>What its sensors say.</summary>
    void Sensed([MaxLength(32)] string device, Climate climate);

    /// <summary>Its raw data.</summary>
    ValueTask Dumped([MaxLength(32)] string device, ReadOnlyMemory<byte> data);
}

/// <summary>What sensors say of the air.</summary>
public sealed record Climate(
    [property: JsonPropertyName("temp")] float Temperature,
    [property: JsonPropertyName("hum")] float Humidity,
    [property: JsonPropertyName("co2")] ushort? CarbonDioxide);
