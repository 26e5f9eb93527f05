namespace EventBus.InteropTests.Chaos;

/// <summary>What sockets answered. A conformance node does not tell which nodes are missing.</summary>
internal sealed record SocketAcks(string[] Responses, int Expected, bool IsTimedOut, string[]? Missing)
{
    public bool IsComplete => !IsTimedOut && Responses.Length == Expected && Missing is not { Length: > 0 };
}
