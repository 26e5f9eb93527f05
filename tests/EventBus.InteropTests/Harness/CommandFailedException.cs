namespace EventBus.InteropTests.Harness;

/// <summary>The result of a command was an error, or the process ended before it.</summary>
internal sealed class CommandFailedException(string type, string message) : Exception($"{type}: {message}")
{
    public string Type { get; } = type;
}
