namespace EventBus.InteropTests.Members;

/// <summary>The properties of the kinds of members.</summary>
internal static class MemberKindExtensions
{
    /// <summary>Whether it joins the cluster, has sockets and receives responses.</summary>
    public static bool IsNode(this MemberKind kind) =>
        kind is MemberKind.InMemoryNode or MemberKind.DotNetNode or MemberKind.SocketIoServer;

    public static bool IsInMemory(this MemberKind kind) => kind is MemberKind.InMemoryNode or MemberKind.InMemoryPublisher;

    /// <summary>Whether it is the reference instead of EventBus.</summary>
    public static bool IsReference(this MemberKind kind) => kind is MemberKind.SocketIoServer or MemberKind.SocketIoEmitter;

    public static string Describe(this MemberKind kind) => kind switch
    {
        MemberKind.InMemoryNode => ".NET node in memory",
        MemberKind.InMemoryPublisher => ".NET publisher in memory",
        MemberKind.DotNetNode => ".NET node",
        MemberKind.DotNetPublisher => ".NET publisher",
        MemberKind.SocketIoServer => "Socket.IO server",
        MemberKind.SocketIoEmitter => "Socket.IO emitter",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
