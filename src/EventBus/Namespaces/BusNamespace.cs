using System.Security.Cryptography;
using EventBus.Cluster;
using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Namespaces;

/// <summary>One bus namespace of a node, as its user holds it.</summary>
internal sealed class BusNamespace : IBusNamespace
{
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 20;

    private readonly ClusterNode _node;
    private readonly ClusterAdapter _adapter;
    private readonly int _socketQueueEvents;
    private readonly BusDiagnostics _diagnostics;

    public BusNamespace(string name, ClusterNode node, int socketQueueEvents, BusDiagnostics diagnostics)
    {
        Name = name;
        _node = node;
        _adapter = node.Adapter(name);
        _socketQueueEvents = socketQueueEvents;
        _diagnostics = diagnostics;
        Broadcaster = new NodeBroadcaster(_adapter, JoinAsync);
        All = new BroadcastOperator(new BroadcastTarget(Broadcaster));
    }

    public event Action<string>? NodeJoined
    {
        add => _adapter.Peers.Joined += value;
        remove => _adapter.Peers.Joined -= value;
    }

    public event Action<string>? NodeLeft
    {
        add => _adapter.Peers.Left += value;
        remove => _adapter.Peers.Left -= value;
    }

    public string Name { get; }

    public BroadcastOperator All { get; }

    public NodeBroadcaster Broadcaster { get; }

    public BroadcastOperator To(string room) => All.To(room);

    public async ValueTask JoinAsync(CancellationToken cancellationToken = default) =>
        await _node.JoinAsync(Name).WaitAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> ServerCountAsync(CancellationToken cancellationToken = default)
    {
        await JoinAsync(cancellationToken).ConfigureAwait(false);
        return 1 + _adapter.Peers.Count;
    }

    public ValueTask ServerSideEmitAsync(string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Broadcaster.ServerSideEmitAsync(eventName, arguments, cancellationToken);

    public ValueTask<ServerSideAnswers> ServerSideEmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Broadcaster.ServerSideEmitWithAckAsync(eventName, arguments, timeout, cancellationToken);

    public void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Namespaces.Broadcaster.CheckServerSide(eventName);
        _adapter.OnServerSide(eventName, new NamedHandler(eventName, handler));
    }

    public void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        Namespaces.Broadcaster.CheckServerSide(eventName);
        _adapter.OnServerSide(eventName, new AckHandler(eventName, (_, arguments) => handler(arguments)));
    }

    public async ValueTask<LocalSocket> ConnectAsync(SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(configure);
        var id = options.Id ?? RandomNumberGenerator.GetString(IdCharacters, IdLength);
        ArgumentException.ThrowIfNullOrEmpty(id, nameof(options));
        if (options.Handshake.Kind is not (EventValueKind.Null or EventValueKind.Map))
            throw new ArgumentException($"The handshake is of kind {options.Handshake.Kind}; it must be a map, or null.", nameof(options));
        var socket = new Socket(id, Name, options.Data, _adapter.Rooms, _socketQueueEvents, _diagnostics) { Handshake = options.Handshake };
        configure(socket);

        await JoinAsync(cancellationToken).ConfigureAwait(false);
        _adapter.Connect(socket, options.Rooms);
        return socket;
    }
}
