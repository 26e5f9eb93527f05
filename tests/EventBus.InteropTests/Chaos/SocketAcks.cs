namespace EventBus.InteropTests.Chaos;

/// <summary>The acks of sockets. A conformance node does not report the missing nodes.</summary>
internal sealed record SocketAcks(string[] Responses, int Expected, bool IsTimedOut, string[]? Missing)
{
    public bool IsComplete => !IsTimedOut && Responses.Length == Expected && Missing is not { Length: > 0 };
}
