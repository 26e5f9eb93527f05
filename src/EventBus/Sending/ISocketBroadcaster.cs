namespace EventBus;

/// <summary>What stands behind the operators that move and disconnect sockets, wherever these are.</summary>
internal interface ISocketBroadcaster : IBroadcaster
{
    /// <summary>Has the target's sockets join rooms; completes when PostgreSQL has committed it.</summary>
    ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Has the target's sockets leave rooms; completes when PostgreSQL has committed it.</summary>
    ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken);

    /// <summary>Disconnects the target's sockets; completes when PostgreSQL has committed it.</summary>
    ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken);
}
