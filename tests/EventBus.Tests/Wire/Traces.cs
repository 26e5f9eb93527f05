using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Wire;

/// <summary>Traces of events for tests.</summary>
internal static class Traces
{
    /// <summary>A context of 55 characters.</summary>
    public const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>The bytes that it adds to a notification.</summary>
    public const int ParentBytes = 62;

    public static SentTrace Sent(string? baggage = null) => Sent(Diagnostics(), baggage);

    public static SentTrace Sent(BusDiagnostics diagnostics, string? baggage = null) =>
        new(new EventLabels(contract: null, "b"), Parent, baggage, diagnostics);

    public static BusDiagnostics Diagnostics() => new(new RecordingLogger(), errorHandler: null);
}
