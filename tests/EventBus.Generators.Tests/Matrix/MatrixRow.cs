using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>One type: how a value of it is sent, and what the value is in C# and in JavaScript.</summary>
/// <param name="Event">The event that carries it.</param>
/// <param name="Value">The value that a receiver in .NET gets.</param>
/// <param name="Attached">The value that a receiver in Node.js gets from MessagePack, as JavaScript.</param>
/// <param name="SendAsync">Sends it.</param>
internal sealed record MatrixRow(string Event, object? Value, string Attached, Func<Emitter<IMatrixEvents>, ValueTask> SendAsync)
{
    /// <summary>The value that a receiver in Node.js gets from JSON, if it differs; empty if JSON has no form for it.</summary>
    public string Inline { get; init; } = Attached;

    /// <summary>The value that Node.js writes, if it differs from the one it gets.</summary>
    public string Written { get; init; } = Attached;
}
