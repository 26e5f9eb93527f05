using System.Diagnostics.CodeAnalysis;

namespace EventBus.SampleContracts;

/// <summary>Members that could clash with the emitted code's own names.</summary>
[SuppressMessage("Naming", "CA1716:Identifiers should not match keywords", Justification = "That is the point.")]
[SuppressMessage("Naming", "CA1708:Identifiers should differ by more than case", Justification = "That is the point.")]
public sealed record Locals(int Reader, int Members, int Key, int Position, int Initial, int Value, int Writer, int Class, bool HasKey)
{
    /// <summary>Optional.</summary>
    public int Event { get; init; } = 9;
}
