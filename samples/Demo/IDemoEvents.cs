namespace EventBus.Samples.Demo;

/// <summary>The events of the demo. The first argument says which row of the table an event belongs to.</summary>
[BroadcastEvent]
public interface IDemoEvents
{
    /// <summary>Text: travels inside the notification while that stays under 8000 bytes.</summary>
    ValueTask Note(int row, string text);

    /// <summary>Binary: always travels as an attachment.</summary>
    ValueTask Photo(int row, ReadOnlyMemory<byte> jpeg);
}
