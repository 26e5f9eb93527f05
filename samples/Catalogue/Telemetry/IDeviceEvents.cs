using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Telemetry;

/// <summary>The messages of devices in the field; the room is the device.</summary>
[BroadcastEvent(Namespace = "/telemetry")]
public interface IDeviceEvents
{
    /// <summary>The device is alive.</summary>
    void Alive([MaxLength(32)] string device, Version firmware, [Range(0, 100)] byte battery);

    /// <summary>The values of its sensors.</summary>
    void Sensed([MaxLength(32)] string device, Climate climate);

    /// <summary>The raw data of the device.</summary>
    ValueTask Dumped([MaxLength(32)] string device, ReadOnlyMemory<byte> data);
}

/// <summary>The values of the air sensors.</summary>
public sealed record Climate(
    [property: JsonPropertyName("temp")] float Temperature,
    [property: JsonPropertyName("hum")] float Humidity,
    [property: JsonPropertyName("co2")] ushort? CarbonDioxide);
