namespace EventBus;

/// <summary>How a socket starts.</summary>
public sealed class SocketOptions
{
    /// <summary>The socket's id, which is also the room it is always in. The default is 20 random letters and digits.</summary>
    public string? Id { get; set; }

    /// <summary>The rooms it joins before it receives its first event.</summary>
    public IReadOnlyList<string> Rooms { get; set; } = [];

    /// <summary>What its peer said when it connected, for the other nodes to see when they fetch sockets: a map. The default is null, which peers see as an empty object.</summary>
    public EventValue Handshake { get; set; }

    /// <summary>What the other nodes see of it when they fetch sockets. The default is null, which peers see as an empty object.</summary>
    public EventValue Data { get; set; }
}
