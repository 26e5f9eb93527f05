namespace EventBus.SampleContracts;

/// <summary>Enums whose members have names for the wire.</summary>
[BroadcastEvent]
public interface IMoodEvents
{
    /// <summary>Values.</summary>
    /// <param name="mood">One.</param>
    /// <param name="tones">Flags.</param>
    void Felt(Mood mood, Tones? tones = null);

    /// <summary>Keys.</summary>
    /// <param name="moods">By mood.</param>
    /// <param name="tones">By tones.</param>
    void Counted(Dictionary<Mood, int> moods, IReadOnlyDictionary<Tones, bool> tones);
}
