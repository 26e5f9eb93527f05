namespace EventBus.Samples.Demo.Roles;

/// <summary>A handler: an ordinary class that implements the contract. It reports each event to the director.</summary>
internal sealed class Receiver(string name, CommandLines lines) : IDemoEvents
{
    public ValueTask Note(int row, string text)
    {
        lines.Report(name, row, Digest.Of(text));
        return ValueTask.CompletedTask;
    }

    public ValueTask Photo(int row, ReadOnlyMemory<byte> jpeg)
    {
        lines.Report(name, row, Digest.Of(jpeg.Span));
        return ValueTask.CompletedTask;
    }
}
