namespace EventBus.Samples.Demo;

/// <summary>The events of the demo. The first argument is the row of the table that the event belongs to.</summary>
[BroadcastEvent]
public interface IDemoEvents
{
    /// <summary>Text: travels in the notification if that has less than 8000 bytes.</summary>
    ValueTask Note(int row, string text);

    /// <summary>Binary: always travels as an attachment.</summary>
    ValueTask Photo(int row, ReadOnlyMemory<byte> jpeg);
}
