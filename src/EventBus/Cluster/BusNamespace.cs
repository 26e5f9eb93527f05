using System.Security.Cryptography;
using System.Text;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Rooms;

namespace EventBus.Cluster;

/// <summary>One bus namespace of a node, as its user holds it.</summary>
internal sealed class BusNamespace : IBusNamespace
{
    private const string IdCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int IdLength = 20;

    private readonly Memberships _memberships;
    private readonly MembershipHandle _membership;
    private readonly int _socketQueueEvents;
    private readonly BusDiagnostics _diagnostics;

    public BusNamespace(
        string name, Memberships memberships, int socketQueueEvents, BusDiagnostics diagnostics, EmitFilterChain? filters)
    {
        Name = name;
        _memberships = memberships;
        _membership = new MembershipHandle(memberships, name);
        _socketQueueEvents = socketQueueEvents;
        _diagnostics = diagnostics;
        var sender = new NamespaceSender(_membership, socketQueueEvents, diagnostics);
        Sender = filters is null ? sender : new FilteredRequester(name, filters, sender);
        All = new BroadcastOperator<IUntypedEvents>(Sender);
    }

    public event Action<string>? NodeJoined
    {
        add => _membership.Use().Peers.Joined += value;
        remove => _membership.Adapter.Peers.Joined -= value;
    }

    public event Action<string>? NodeLeft
    {
        add => _membership.Use().Peers.Left += value;
        remove => _membership.Adapter.Peers.Left -= value;
    }

    public event Action<string>? RoomCreated
    {
        add => _membership.Use().RoomEvents.Created += value;
        remove => _membership.Adapter.RoomEvents.Created -= value;
    }

    public event Action<string>? RoomDeleted
    {
        add => _membership.Use().RoomEvents.Deleted += value;
        remove => _membership.Adapter.RoomEvents.Deleted -= value;
    }

    public event Action<RoomMember>? RoomJoined
    {
        add => _membership.Use().RoomEvents.Joined += value;
        remove => _membership.Adapter.RoomEvents.Joined -= value;
    }

    public event Action<RoomMember>? RoomLeft
    {
        add => _membership.Use().RoomEvents.Left += value;
        remove => _membership.Adapter.RoomEvents.Left -= value;
    }

    public string Name { get; }

    public BroadcastOperator<IUntypedEvents> All { get; }

    /// <summary>The sender of all operators of this namespace.</summary>
    public IEventRequester Sender { get; }

    /// <summary>The number of open requests to the other nodes.</summary>
    internal int OpenRequests => _membership.Adapter.OpenRequests;

    public BroadcastOperator<IUntypedEvents> To(string room) => All.To(room);

    public async ValueTask JoinAsync(CancellationToken cancellationToken = default) =>
        await _membership.JoinAfterStartAsync(cancellationToken).ConfigureAwait(false);

    public async ValueTask LeaveAsync(CancellationToken cancellationToken = default)
    {
        if (Name == EventBusDefaults.Namespace)
            throw new InvalidOperationException("Every member of the cluster is in the main namespace. Stop the bus to leave it.");
        await _memberships.LeaveAsync(Name).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<int> ServerCountAsync(CancellationToken cancellationToken = default)
    {
        var adapter = await _membership.JoinAfterStartAsync(cancellationToken).ConfigureAwait(false);
        return 1 + adapter.Peers.Count;
    }

    public ValueTask ServerSideEmitAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments = default, CancellationToken cancellationToken = default) =>
        Sender.ServerSideEmitAsync(UntypedPacket.ForNodes(eventName, arguments), cancellationToken);

    public ValueTask<ServerSideAcks<EventValue>> ServerSideEmitWithAckAsync(
        string eventName,
        ReadOnlyMemory<EventValue> arguments = default,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        Sender.ServerSideEmitWithAckAsync(
            UntypedPacket.ForNodes(eventName, arguments),
            UntypedPacket.ReadAck,
            RequestTimeout.Checked(timeout),
            cancellationToken);

    public void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ReservedEventNames.ThrowIfForbiddenServerSide(eventName);
        _membership.Use().OnServerSide(eventName, new UntypedHandler(eventName, (_, arguments, _) => handler(arguments)));
    }

    public void OnServerSide(string eventName, Func<IReadOnlyList<EventValue>, ValueTask<EventValue>> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        ReservedEventNames.ThrowIfForbiddenServerSide(eventName);
        _membership.Use().OnServerSide(eventName, UntypedHandler.Acknowledge(eventName, (_, arguments) => handler(arguments)));
    }

    /// <summary>Handles a contract's server-side events of other nodes.</summary>
    public void HandleServerSide<TContract>(Contract<TContract> contract, SocketHandler handler)
        where TContract : class
    {
        var adapter = _membership.Use();
        foreach (var item in contract.Events)
        {
            var eventName = Encoding.UTF8.GetString(item.Name);
            if (!ReservedEventNames.ForbidServerSideEmit(eventName))
                adapter.OnServerSide(eventName, handler);
        }
    }

    public ValueTask<LocalSocket> ConnectAsync(
        SocketOptions options, Action<LocalSocket> configure, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return ConnectAsync(options, (Socket socket) => configure(socket), cancellationToken);
    }

    /// <inheritdoc cref="IBusNamespace.ConnectAsync"/>
    public async ValueTask<LocalSocket> ConnectAsync(SocketOptions options, Action<Socket> configure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var id = options.Id ?? RandomNumberGenerator.GetString(IdCharacters, IdLength);
        ArgumentException.ThrowIfNullOrEmpty(id, nameof(options));
        RoomName.ThrowIfInvalid(id, nameof(options));
        if (options.Handshake.Kind is not (EventValueKind.Null or EventValueKind.Map))
            throw new ArgumentException($"The handshake is of kind {options.Handshake.Kind}; it must be a map, or null.", nameof(options));
        var policy = options.SlowSocketPolicy ?? _memberships.SlowSocketPolicy;
        if (!Enum.IsDefined(policy))
            throw new ArgumentException($"There is no {nameof(SlowSocketPolicy)} {policy}.", nameof(options));
        var socket = new Socket(
            id, Name, options.Data, _memberships.Pressure, _memberships.HandlerWait, _diagnostics, policy, _memberships.Stop)
        {
            Handshake = options.Handshake,
            IsManagedRemotely = options.AllowRemoteManagement ?? _memberships.AllowRemoteManagement,
        };
        configure(socket);

        // The namespace may be left meanwhile; then it is joined again.
        while (true)
        {
            var adapter = await _membership.JoinAfterStartAsync(cancellationToken).ConfigureAwait(false);
            if (adapter.TryConnect(socket, options.Rooms))
                return socket;
        }
    }
}
