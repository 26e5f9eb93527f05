namespace EventBus.ConformanceNode.Arguments;

/// <summary>The command line is not valid; the message names the option.</summary>
internal sealed class BadArgumentsException(string message) : Exception(message);
