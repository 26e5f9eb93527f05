namespace EventBus.ConformanceNode.Arguments;

/// <summary>The command line is not one that this node understands; the message names the option.</summary>
internal sealed class BadArgumentsException(string message) : Exception(message);
