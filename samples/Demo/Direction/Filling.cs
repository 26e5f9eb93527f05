using System.Globalization;

namespace EventBus.Samples.Demo.Direction;

/// <summary>
/// Computes the text that gives a sender's next note to everyone an exact size as a notification, from the size of its empty note.
/// </summary>
/// <param name="Envelope">The bytes of a note without its row, its number and its text.</param>
/// <param name="LastNumber">The number of the sender's last event.</param>
internal sealed record Filling(int Envelope, long LastNumber)
{
    /// <summary>The state after one more event of the sender. The first event must be an empty note.</summary>
    public static Filling After(Filling? before, int row, Observation seen)
    {
        var number = seen.Number ?? throw new InvalidOperationException("The event has no number: it is not EventBus's.");
        return before is null ? new(seen.Bytes - Digits(row) - Digits(number), number) : before with { LastNumber = number };
    }

    public string Fill(int row, int bytes) => new('x', bytes - Envelope - Digits(row) - Digits(LastNumber + 1));

    private static int Digits(long number) => number.ToString(CultureInfo.InvariantCulture).Length;
}
