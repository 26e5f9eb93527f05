using System.Diagnostics.CodeAnalysis;

/// <summary>In no namespace.</summary>
[EventBus.BroadcastEvent]
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "That is the point.")]
[SuppressMessage("Style", "IDE0130:Namespace does not match folder structure", Justification = "That is the point.")]
public interface IGlobalEvents
{
    /// <summary>A payload in no namespace.</summary>
    void Ping(GlobalPayload payload);
}

/// <summary>In no namespace.</summary>
/// <param name="Id">A number.</param>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "That is the point.")]
public sealed record GlobalPayload(int Id);
