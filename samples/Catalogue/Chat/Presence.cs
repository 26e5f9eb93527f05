using System.Text.Json.Serialization;

namespace EventBus.Samples.Catalogue.Chat;

/// <summary>Whether somebody is there; clients in JavaScript are given the name.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Presence>))]
public enum Presence
{
    Online,
    Away,
    Offline,
}
