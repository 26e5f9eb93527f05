#nullable disable
using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Declared without nullable annotations, so everything may be null.</summary>
[BroadcastEvent]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public interface IObliviousEvents
{
    /// <summary>All may be null.</summary>
    void Ping(string text, List<string> list, ObliviousPayload payload, byte[] bytes = null);
}

/// <summary>All may be null.</summary>
public sealed class ObliviousPayload
{
    /// <summary>May be null.</summary>
    public string Text { get; set; }

    /// <summary>May be null.</summary>
    public Dictionary<string, string> Map { get; init; }
}
