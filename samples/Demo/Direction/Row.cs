namespace EventBus.Samples.Demo.Direction;

/// <summary>An event of the plan: its sender, target, expected receivers and expected form.</summary>
internal sealed record Row(string Title, string From, string[] Rooms, string[] Except, string[] Receivers, Way Way)
{
    /// <summary>The text; null for a photo.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The size of the whole notification, or of the one that the attachment replaces. The text is filled up to this size. Null: any size.
    /// </summary>
    public int? Bytes { get; init; }

    /// <summary>The length of the photo.</summary>
    public int Photo { get; init; }

    public string Target =>
        (Rooms.Length == 0 ? "everyone" : string.Join(" + ", Rooms)) + (Except.Length == 0 ? "" : $" except {string.Join(", ", Except)}");
}
