using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Matrix;

/// <summary>One type: how a value of it is sent, and what the value is in C# and in JavaScript.</summary>
/// <param name="Event">The event that carries it.</param>
/// <param name="Value">What a receiver in .NET is given.</param>
/// <param name="Attached">What a receiver in Node.js is given by MessagePack, as JavaScript.</param>
/// <param name="SendAsync">Sends it.</param>
internal sealed record MatrixRow(string Event, object? Value, string Attached, Func<Emitter<IMatrixEvents>, ValueTask> SendAsync)
{
    /// <summary>What a receiver in Node.js is given by JSON, where that is something else; empty where JSON has no form for it.</summary>
    public string Inline { get; init; } = Attached;

    /// <summary>What Node.js itself writes, where that is not what it is given.</summary>
    public string Written { get; init; } = Attached;
}
