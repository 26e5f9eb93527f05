using System.Collections.Immutable;

namespace EventBus.Generators.Contracts;

/// <summary>The event names that Socket.IO keeps for itself: a client that receives one takes it for a change of its connection.</summary>
internal static class ReservedEventNames
{
    private static readonly ImmutableHashSet<string> Names =
        ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    private static readonly ImmutableHashSet<string> ServerSideNames = ["connect", "connection", "new_namespace"];

    public static bool Contains(string name) => Names.Contains(name);

    /// <summary>Whether the event, which sockets may receive, cannot be sent to the nodes themselves.</summary>
    public static bool ForbidServerSideEmit(string name) => ServerSideNames.Contains(name);
}
