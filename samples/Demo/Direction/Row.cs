namespace EventBus.Samples.Demo.Direction;

/// <summary>One event of the plan: who sends what to whom, who has to receive it, and which way it has to take.</summary>
internal sealed record Row(string Title, string From, string[] Rooms, string[] Except, string[] Receivers, Way Way)
{
    /// <summary>The text; null for a photo.</summary>
    public string? Text { get; init; }

    /// <summary>The bytes that the whole notification, or what would have been it, is to have: the text is filled up to it.</summary>
    public int? Bytes { get; init; }

    /// <summary>The length of the photo.</summary>
    public int Photo { get; init; }

    public string Target =>
        (Rooms.Length == 0 ? "everyone" : string.Join(" + ", Rooms)) + (Except.Length == 0 ? "" : $" except {string.Join(", ", Except)}");
}
