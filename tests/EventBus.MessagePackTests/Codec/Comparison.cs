using System.Globalization;

namespace EventBus.MessagePackTests.Codec;

/// <summary>Compares what both readers make of the same bytes.</summary>
internal static class Comparison
{
    private const string BadTime = "The timestamp is malformed, or not between the years 1 and 9999.";

    /// <summary>Whether the outcomes are the same, except for differences of values that <see cref="Disagreement"/> lists.</summary>
    public static bool IsSameOrListed(Outcome eventBus, Outcome messagePack) => (eventBus.Value, messagePack.Value) switch
    {
        ({ } ours, { } theirs) => IsSameOrListed(ours, theirs),
        (null, null) => true,
        (null, _) => eventBus.Error!.Message.StartsWith(BadTime, StringComparison.Ordinal),
        _ => false,
    };

    private static bool IsSameOrListed(EventValue ours, EventValue theirs) => (ours.Kind, theirs.Kind) switch
    {
        (EventValueKind.Array, EventValueKind.Array) => ours.Items.Count == theirs.Items.Count
            && ours.Items.Zip(theirs.Items).All(static pair => IsSameOrListed(pair.First, pair.Second)),
        (EventValueKind.Map, EventValueKind.Map) => ours.Members.Count == theirs.Members.Count
            && ours.Members.Zip(theirs.Members).All(static pair =>
                IsSameText(pair.First.Key, pair.Second.Key) && IsSameOrListed(pair.First.Value, pair.Second.Value)),
        (EventValueKind.String, EventValueKind.String) => IsSameText(ours.GetString(), theirs.GetString()),
        (EventValueKind.Integer or EventValueKind.Float, EventValueKind.Integer or EventValueKind.Float) =>
            ours == theirs || IsSameNumber(ours.GetDouble(), theirs.GetDouble()),
        _ => ours == theirs,
    };

    // A surrogate is one U+FFFD or three.
    private static bool IsSameText(string ours, string theirs) => ours == theirs || Collapse(ours) == Collapse(theirs);

    private static string Collapse(string text) => string.Join('\uFFFD', text.Split('\uFFFD', StringSplitOptions.RemoveEmptyEntries));

    // A single is its shortest decimal.
    private static bool IsSameNumber(double ours, double theirs)
    {
        var single = (float)theirs;
        return ours.Equals(theirs) || (single == theirs && ours == Shortest(single));
    }

    private static double Shortest(float single) =>
        double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
