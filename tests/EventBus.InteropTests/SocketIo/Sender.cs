namespace EventBus.InteropTests.SocketIo;

/// <summary>Who emits.</summary>
public enum Sender
{
    DotNetNode,
    DotNetPublisher,
    NodeServer,

    /// <summary>Its messages have no namespace, so Socket.IO servers of today drop them; EventBus takes them.</summary>
    NodeEmitter,
}
