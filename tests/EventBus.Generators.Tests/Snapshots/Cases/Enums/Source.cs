using System.Runtime.Serialization;
using System.Text.Json.Serialization;

namespace Chat;

[BroadcastEvent]
public interface IMoodEvents
{
    void Felt(Mood mood, Dictionary<Outer.Tone, int> tones);
}

[JsonConverter(typeof(JsonStringEnumConverter<Mood>))]
public enum Mood
{
    [JsonStringEnumMemberName("so \"so\"")]
    @default,

    [EnumMember(Value = "glücklich")]
    Happy,

    Cheerful = Happy,

    [Obsolete("No mood at all.", error: true)]
    Bored = -1,
}

public class Outer
{
    public enum Tone
    {
        [EnumMember(Value = "hi")]
        High,
    }
}
