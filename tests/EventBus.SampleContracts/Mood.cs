using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace EventBus.SampleContracts;

/// <summary>Sent by names that are not C#'s.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
public enum Mood
{
    /// <summary>As "so-so".</summary>
    [JsonStringEnumMemberName("so-so")]
    Middling,

    /// <summary>As "glücklich".</summary>
    [EnumMember(Value = "glücklich")]
    Happy,

    /// <summary>As Happy: the first of a value is written, both are read.</summary>
    [EnumMember(Value = "cheerful")]
    Cheerful = Happy,

    /// <summary>Has its own name.</summary>
    [EnumMember]
    Sad = -1,
}

/// <summary>Flags with names for the wire.</summary>
[Flags]
[JsonConverter(typeof(JsonStringEnumConverter<Tones>))]
public enum Tones
{
    /// <summary>As "-".</summary>
    [EnumMember(Value = "-")]
    None = 0,

    /// <summary>As "hi".</summary>
    [EnumMember(Value = "hi")]
    High = 1,

    /// <summary>As "lo".</summary>
    [EnumMember(Value = "lo")]
    Low = 2,
}
