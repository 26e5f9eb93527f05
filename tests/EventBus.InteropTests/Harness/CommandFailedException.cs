namespace EventBus.InteropTests.Harness;

/// <summary>A driven process answered a command with an error, or ended before it answered.</summary>
internal sealed class CommandFailedException(string type, string message) : Exception($"{type}: {message}")
{
    public string Type { get; } = type;
}
