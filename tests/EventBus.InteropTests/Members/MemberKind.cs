namespace EventBus.InteropTests.Members;

/// <summary>The kinds of members of a cluster.</summary>
internal enum MemberKind
{
    /// <summary>An EventBus node of this process, over the in-memory transport.</summary>
    InMemoryNode,

    /// <summary>An EventBus publisher of this process, over the in-memory transport.</summary>
    InMemoryPublisher,

    /// <summary>An EventBus node over PostgreSQL: the conformance node.</summary>
    DotNetNode,

    /// <summary>An EventBus publisher over PostgreSQL: the conformance node as an emitter.</summary>
    DotNetPublisher,

    /// <summary>A Socket.IO server with the reference adapter.</summary>
    SocketIoServer,

    /// <summary>The reference emitter.</summary>
    SocketIoEmitter,
}
