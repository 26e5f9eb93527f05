using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>The presence of a user; a name on the wire.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Presence>))]
public enum Presence
{
    Online,
    Away,
    Offline,
}
