using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// The sockets of this node as the cluster uses them: delivers events of other nodes, and executes requests of any node, this one included,
/// to join, leave, disconnect and describe. Thread-safe.
/// </summary>
internal sealed class LocalSockets(RoomRegistry rooms, EventOrigins origins, bool redactHandshakes, BusDiagnostics diagnostics)
{
    private static readonly EventValue None = EventValue.FromMap();

    /// <summary>Delivers an event of another node, or one of this node's transactions.</summary>
    public void Deliver(ClusterMessage message)
    {
        var origin = origins.Of(message);
        using var receiving = diagnostics.Traces.StartReceive(origin.Trace, message.EventName.Span);
        var receivers = rooms.Deliver(message.EventName.Span, message.PacketData, in origin, message.Options.Except);
        if (receivers == 0 && origin.Trace is not { HasFailed: true })
            receiving?.Discard();
        if (!origins.IsOwn(message))
            diagnostics.Received.Add(receivers);
    }

    /// <summary>Delivers an event of another node that requests acks. The count is published before the first ack.</summary>
    public void Deliver(ClusterMessage message, ClusterResponses responses, TokenBucket budget)
    {
        var sockets = rooms.FindHandling(message.Options.Rooms, message.Options.Except, message.EventName.Span);
        responses.ClientCount(message, sockets.Length, budget);
        var origin = origins.Of(message);
        using var receiving = diagnostics.Traces.StartReceive(origin.Trace, message.EventName.Span);
        var receivers = rooms.Deliver(
            message.EventName.Span, message.PacketData, in origin, sockets, responses.Acks(message, budget));
        if (receivers == 0 && origin.Trace is not { HasFailed: true })
            receiving?.Discard();
        diagnostics.Received.Add(receivers);
    }

    public void Join(in RoomSet targets, in RoomSet excluded, in RoomSet joined) => rooms.Join(targets, excluded, joined);

    /// <summary>
    /// Joins rooms on behalf of another node with the sockets that it may manage. It is rejected if they would be in too many rooms.
    /// </summary>
    public void Join(ClusterMessage message)
    {
        if (!rooms.TryJoin(message.Options.Rooms, message.Options.Except, message.Rooms, out var unmanaged))
            diagnostics.Rejections.Join(message.Uid, rooms.JoinCount, message.Namespace);
        ReportUnmanaged(message, unmanaged);
    }

    public void Leave(in RoomSet targets, in RoomSet excluded, in RoomSet left) => rooms.Leave(targets, excluded, left);

    /// <summary>Leaves rooms on behalf of another node with the sockets that it may manage.</summary>
    public void Leave(ClusterMessage message)
    {
        rooms.LeaveManaged(message.Options.Rooms, message.Options.Except, message.Rooms, out var unmanaged);
        ReportUnmanaged(message, unmanaged);
    }

    /// <summary>
    /// Disconnects sockets. They are out of the namespace when the call returns, and end when their handlers have completed.
    /// </summary>
    public void Disconnect(in RoomSet targets, in RoomSet excluded)
    {
        foreach (var socket in rooms.Find(targets, excluded))
            socket.Disconnect(SocketDisconnectReason.Requested);
    }

    /// <summary>Disconnects sockets on behalf of another node, if it may manage them.</summary>
    public void Disconnect(ClusterMessage message)
    {
        var sockets = rooms.FindManaged(message.Options.Rooms, message.Options.Except, out var unmanaged);
        foreach (var socket in sockets)
            socket.Disconnect(SocketDisconnectReason.Requested);
        ReportUnmanaged(message, unmanaged);
    }

    /// <summary>Returns the present state of sockets.</summary>
    public SocketSnapshot[] Describe(in RoomSet targets, in RoomSet excluded) => Array.ConvertAll(
        rooms.Find(targets, excluded),
        socket => Redact(new SocketSnapshot(socket.Id, OrNone(socket.Handshake), socket.Rooms, OrNone(socket.Data))));

    /// <summary>Removes the handshake if handshakes are redacted.</summary>
    public SocketSnapshot Redact(in SocketSnapshot socket) => redactHandshakes ? socket with { Handshake = None } : socket;

    private void ReportUnmanaged(ClusterMessage message, int sockets)
    {
        if (sockets > 0)
            diagnostics.Rejections.Management(message.Uid, sockets, message.Namespace);
    }

    private static EventValue OrNone(EventValue value) => value.Kind is EventValueKind.Null ? None : value;
}
