namespace EventBus.Chaos;

/// <summary>The events of the chaos program. Each has the index of its publisher, its number there, and the time of its emit.</summary>
[BroadcastEvent]
public interface IChaosEvents
{
    /// <summary>Text: travels in the notification.</summary>
    ValueTask Tick(int publisher, long number, double sentAt, string padding);

    /// <summary>Binary: travels as an attachment.</summary>
    ValueTask Photo(int publisher, long number, double sentAt, ReadOnlyMemory<byte> bytes);
}
