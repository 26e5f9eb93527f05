using System.Text.Json.Serialization;

namespace EventBus.InteropTests.TypeScript;

/// <summary>A name on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Size>))]
public enum Size
{
    Small,
    Large,
}
