using System.Buffers;
using System.Diagnostics;
using System.Text;

namespace EventBus.Diagnostics;

/// <summary>Reads and writes the context of a trace and its baggage as text, by the recommendations of W3C.</summary>
internal static class TraceText
{
    /// <summary>The length of a <c>traceparent</c>.</summary>
    public const int ParentLength = 55;

    /// <summary>The longest baggage that is sent or read, which is W3C's limit.</summary>
    public const int MaxBaggageLength = 8192;

    private const string BaggageField = "baggage";

    private static readonly DistributedContextPropagator W3C = DistributedContextPropagator.CreateW3CPropagator();

    /// <summary>The characters that JSON does not escape. The values of baggage are percent-encoded, and so have no others.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range(' ', '~' - ' ' + 1).Select(static code => (char)code).Except(['"', '\\'])]);

    /// <summary>Returns the context of an activity; null if it has an identifier of another format.</summary>
    public static string? ParentOf(Activity activity) =>
        activity is { IdFormat: ActivityIdFormat.W3C, Id: { Length: ParentLength } id } ? id : null;

    /// <summary>Returns the baggage of an activity; null if it has none, or if it cannot be sent.</summary>
    public static string? BaggageOf(Activity activity)
    {
        string? baggage = null;
        W3C.Inject(activity, activity, (_, name, value) => baggage = name == BaggageField ? value : baggage);
        return baggage is { Length: > 0 and <= MaxBaggageLength } && !baggage.AsSpan().ContainsAnyExcept(Plain) ? baggage : null;
    }

    /// <summary>Reads a received context. Any role of the database can send anything, so a context that is not valid is none.</summary>
    public static ActivityContext ReadParent(ReadOnlySpan<byte> text) =>
        text.Length == ParentLength
        && ActivityContext.TryParse(Encoding.ASCII.GetString(text), traceState: null, isRemote: true, out var context)
        && context.TraceId != default
        && context.SpanId != default
            ? context
            : default;

    /// <summary>Adds received baggage to an activity. It is not valid if it was forged; then it is left out.</summary>
    public static void AddBaggage(Activity activity, string baggage)
    {
        var items = W3C.ExtractBaggage(baggage, static (object? carrier, string name, out string? value, out IEnumerable<string>? values) =>
        {
            values = null;
            value = name == BaggageField ? (string?)carrier : null;
        });
        foreach (var (key, value) in items ?? [])
            activity.AddBaggage(key, value);
    }
}
