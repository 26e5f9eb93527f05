using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Sent as a name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Colour>))]
public enum Colour
{
    /// <summary>As red.</summary>
    Red,

    /// <summary>As green.</summary>
    Green,
}
