namespace EventBus;

/// <summary>How one event with its values would travel: what <see cref="EventSize.Measure{TContract}"/> answers.</summary>
public readonly record struct MeasuredEvent
{
    /// <summary>Of an event that is not attached: the bytes of its notification with the longest number there is, so that it never takes more. Else the bytes of its attachment.</summary>
    public required int Bytes { get; init; }

    /// <summary>Whether it may have to travel as an attachment: it holds binary, or its notification might reach <see cref="EventBusOptions.PayloadThreshold"/>. False is a promise.</summary>
    public required bool IsAttached { get; init; }
}
