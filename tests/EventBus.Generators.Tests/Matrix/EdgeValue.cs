using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>A value whose form or way back is not obvious.</summary>
/// <param name="Code">The value, as text of the page.</param>
/// <param name="Event">The event that carries it.</param>
/// <param name="SendAsync">Sends it.</param>
internal sealed record EdgeValue(string Code, string Event, Func<Emitter<IMatrixEvents>, ValueTask> SendAsync)
{
    /// <summary>The reason, if a result is a surprise.</summary>
    public string Why { get; init; } = "";
}
