namespace Chat;

/// <summary>What users say.</summary>
[BroadcastEvent(Namespace = "/chat")]
public interface IChatEvents
{
    /// <summary>Says that somebody is there.</summary>
    void Ping(DateTimeOffset at);

    ValueTask Message(string user, string text = "hi");

    Task Photo(string user, ReadOnlyMemory<byte> jpeg, (int Width, int Height)? size = null);

    [Obsolete("Use Message.")]
    void Said(List<string?> words, Mood mood = Mood.Good);

    [EventName("idle!")]
    void Idle();
}

public enum Mood
{
    Bad,
    Good,
}
