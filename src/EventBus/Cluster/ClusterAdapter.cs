using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Serialization;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// One membership of a node in a bus namespace: delivers within this process, publishes to the other nodes, and sends them requests.
/// </summary>
internal sealed class ClusterAdapter
{
    private readonly ITransport _transport;
    private readonly EventBusOptions _options;
    private readonly RequestTable _requests;
    private readonly LocalSockets _sockets;
    private readonly ServerSideHandlers _serverSide;
    private readonly EventOrigins _origins;
    private readonly Greetings _greetings;
    private readonly MessageEncoder _encoder;
    private readonly MessageEncoder _encoderOutside;
    private readonly MessageEncoder _transactionEncoder;
    private readonly BusDiagnostics _diagnostics;
    private readonly TracedEmits _traced;
    private volatile bool _closed;
    private volatile bool _hasLeft;

    public ClusterAdapter(
        MessageEncoder encoder,
        ITransport transport,
        EventBusOptions options,
        ReceivePressure pressure,
        Reception reception,
        Admission admission,
        BusEventQueue events,
        TimeProvider time,
        BusDiagnostics diagnostics)
    {
        _encoder = encoder;
        _encoderOutside = encoder.AsEmitter();
        _transactionEncoder = encoder.WithinTransactions();
        RoomEvents = new RoomEvents(encoder.Options.Namespace, options.SocketQueueEvents, diagnostics);
        Rooms = new RoomRegistry(RoomEvents, diagnostics);
        _transport = transport;
        _options = options;
        _diagnostics = diagnostics;
        _traced = new TracedEmits(this, diagnostics.Traces);
        Outbox = new ClusterOutbox(encoder, transport.Publisher, time, diagnostics);
        Peers = new Peers(
            encoder.Options.Namespace, options.HeartbeatTimeout, reception, transport.Backends, events, diagnostics);
        _requests = new RequestTable(Peers, Outbox, reception, options.RequestsTimeout, time, diagnostics);
        Peers.Departed = _requests.NodeLeft;
        _origins = new EventOrigins(encoder.Options, time, diagnostics.Observer);
        _sockets = new LocalSockets(Rooms, _origins, options.RedactHandshakes, diagnostics);
        _serverSide = new ServerSideHandlers(encoder.Options.Namespace, pressure, options.SlowSocketPolicy, _origins, diagnostics);
        _greetings = new Greetings(Outbox, time);
        var responses = new ClusterResponses(encoder, Outbox, diagnostics);
        Inbox = new ClusterInbox(Outbox, _sockets, _serverSide, Peers, _requests, admission, _greetings, responses);
    }

    /// <summary>
    /// Encodes the messages of this namespace. After leaving they have the uid of an emitter, so that peers do not regard it as a node.
    /// </summary>
    public MessageEncoder Encoder => _hasLeft ? _encoderOutside : _encoder;

    public string Namespace => _encoder.Options.Namespace;

    public string Channel => _encoder.Options.Channel;

    public RoomRegistry Rooms { get; }

    /// <summary>The changes of the rooms.</summary>
    public RoomEvents RoomEvents { get; }

    /// <summary>
    /// Whether this node has left the namespace. Events are still published, but there are no sockets, and requests fail.
    /// </summary>
    public bool HasLeft => _hasLeft;

    /// <summary>The other nodes.</summary>
    public Peers Peers { get; }

    /// <summary>Takes the received messages.</summary>
    public ClusterInbox Inbox { get; }

    /// <summary>Publishes the messages of this node.</summary>
    public ClusterOutbox Outbox { get; }

    /// <summary>The number of events that wait for handlers.</summary>
    public long WaitingEvents => Rooms.WaitingEvents + _serverSide.Waiting;

    /// <summary>The number of open requests to the other nodes.</summary>
    public int OpenRequests => _requests.Count;

    /// <summary>The default timeout of requests.</summary>
    public TimeSpan RequestsTimeout => _options.RequestsTimeout;

    /// <inheritdoc cref="EventBusOptions.PublishTimeout"/>
    public TimeSpan PublishTimeout => _options.PublishTimeout;

    /// <summary>The failure of a call after the stop.</summary>
    public static EventBusClosedException ClosedException() => new("The bus was stopped. It accepts no more events and sockets.");

    /// <inheritdoc cref="IEventSender.EmitAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (_closed)
            return ValueTask.FromException(ClosedException());
        if (HasNoHandler(target))
            return ValueTask.CompletedTask;
        return BusTraces.HasListeners
            ? _traced.EmitAsync(target, packet, cancellationToken)
            : SendAsync(target, in packet, cancellationToken);
    }

    /// <summary>Sends an event in the activity of the caller.</summary>
    public ValueTask SendAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var message = Encode(target, in packet);

        // A transaction may be rolled back, so this node, too, receives its events by their notifications.
        if (target.Transaction is { } transaction)
            return _transport.Publisher.PublishWithinAsync(transaction, message, cancellationToken);

        DeliverLocally(message, packet.EventName, target);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <inheritdoc cref="IEventSender.Post"/>
    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        if (_closed)
        {
            _diagnostics.Dropped.Add();
            return false;
        }

        if (HasNoHandler(target))
            return true;
        return BusTraces.HasListeners ? _traced.Post(target, packet) : PostOnce(target, in packet);
    }

    /// <summary>Posts an event in the activity of the caller.</summary>
    public bool PostOnce<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        var message = Encode(target, in packet);
        DeliverLocally(message, packet.EventName, target);
        if (!target.Flags.Local)
            return Outbox.TryPost(message);
        message.Dispose();
        return true;
    }

    /// <inheritdoc cref="IEventSender.ServerSideEmitAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask ServerSideEmitAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (_closed)
            return ValueTask.FromException(ClosedException());
        return BusTraces.HasListeners
            ? _traced.ServerSideEmitAsync(packet, cancellationToken)
            : SendServerSideAsync(in packet, cancellationToken);
    }

    /// <summary>Sends an event to the other nodes in the activity of the caller.</summary>
    public ValueTask SendServerSideAsync<TPacket>(in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        var journal = JournalMark.Of(in packet, _options.Journal);
        var message = Encoder.ServerSideEmit(in packet, trace: Observe(in packet));
        message.Journal = journal;
        return Outbox.PublishAsync(message, cancellationToken);
    }

    /// <summary>
    /// Sends an event and gathers the acks of all sockets. When the call returns, the event has its place in the order, and the local
    /// sockets have received it.
    /// </summary>
    /// <param name="target">The sockets.</param>
    /// <param name="packet">The event.</param>
    /// <param name="keep">Reads and keeps an ack.</param>
    /// <param name="timeout">How long to wait for acks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<AckRequest> EmitWithAckAsync<TPacket>(
        BroadcastTarget target, TPacket packet, Action<EncodedValue> keep, TimeSpan timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => BusTraces.HasListeners
            ? _traced.EmitWithAckAsync(target, packet, keep, timeout, cancellationToken)
            : RequestAcksAsync(target, packet, keep, timeout, cancellationToken);

    /// <summary>Sends an event and gathers the acks in the activity of the caller.</summary>
    public async ValueTask<AckRequest> RequestAcksAsync<TPacket>(
        BroadcastTarget target, TPacket packet, Action<EncodedValue> keep, TimeSpan timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        ThrowIfClosed();
        var sockets = Rooms.FindHandling(target.Rooms, target.Excluded, packet.EventName);
        var request = new AckRequest(sockets.Length, target.Flags.ExpectSingleResponse, keep);
        var message = Encoder.Broadcast(in packet, BroadcastOptions.Of(target, timeout), request.Id, Observe(in packet));
        var receiver = new LocalAckReceiver(request, _requests, Encoder);
        Rooms.Deliver(packet.EventName, message.PacketData, _origins.Local(target.Rooms), sockets, receiver);
        if (target.Flags.Local)
            message.Dispose();
        await _requests.RequestAsync(request, target.Flags.Local ? null : message, timeout, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>Sends an event to the other nodes themselves and gathers one ack of each.</summary>
    /// <param name="packet">The event.</param>
    /// <param name="keep">Reads and keeps the ack of a node.</param>
    /// <param name="timeout">How long to wait for acks; null: <see cref="RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public ValueTask<PendingRequest> ServerSideEmitWithAckAsync<TPacket>(
        TPacket packet, Action<string, EncodedValue> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
        => BusTraces.HasListeners
            ? _traced.ServerSideEmitWithAckAsync(packet, keep, timeout, cancellationToken)
            : RequestServerSideAcksAsync(packet, keep, timeout, cancellationToken);

    /// <summary>Sends an event to the other nodes and gathers the acks in the activity of the caller.</summary>
    public async ValueTask<PendingRequest> RequestServerSideAcksAsync<TPacket>(
        TPacket packet, Action<string, EncodedValue> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        ThrowIfClosed();
        var request = new NodeRequest(MessageType.ServerSideEmitResponse, response => keep(response.Uid, response.Ack));
        var message = Encoder.ServerSideEmit(in packet, request.Id, Observe(in packet));
        await _requests.RequestAsync(request, message, timeout, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <inheritdoc cref="IEventSender.Measure"/>
    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = Encode(target, in packet, trace: null);
        return message.Measure();
    }

    /// <inheritdoc cref="IEventSender.MeasureServerSide"/>
    public MeasuredEvent MeasureServerSide<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = Encoder.ServerSideEmit(in packet);
        return message.Measure();
    }

    /// <inheritdoc cref="IEventRequester.MeasureWithAck"/>
    public MeasuredEvent MeasureWithAck<TPacket>(in BroadcastTarget target, in TPacket packet, TimeSpan? timeout)
        where TPacket : struct, IPacket
    {
        using var message = Encoder.Broadcast(in packet, BroadcastOptions.Of(target, timeout ?? RequestsTimeout), PendingRequest.NewId());
        return message.Measure();
    }

    /// <summary>Sets the handler of a server-side event. It replaces an earlier one.</summary>
    public void OnServerSide(string eventName, SocketHandler handler) => _serverSide.Set(eventName, handler);

    /// <inheritdoc cref="IEventSender.SocketsJoinAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (_closed)
            return ValueTask.FromException(ClosedException());
        var message = Encoder.SocketsJoin(BroadcastOptions.Of(target), rooms);
        _sockets.Join(target.Rooms, target.Excluded, rooms);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <inheritdoc cref="IEventSender.SocketsLeaveAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (_closed)
            return ValueTask.FromException(ClosedException());
        var message = Encoder.SocketsLeave(BroadcastOptions.Of(target), rooms);
        _sockets.Leave(target.Rooms, target.Excluded, rooms);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <inheritdoc cref="IEventSender.DisconnectSocketsAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        if (_closed)
            return ValueTask.FromException(ClosedException());
        var message = Encoder.DisconnectSockets(BroadcastOptions.Of(target), close);
        _sockets.Disconnect(target.Rooms, target.Excluded);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <summary>Fetches the target's sockets of every node.</summary>
    /// <returns>The sockets, and the request with the nodes that have not responded.</returns>
    public async ValueTask<(SocketSnapshot[] Sockets, NodeRequest Request)> FetchSocketsAsync(
        BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var others = new List<SocketSnapshot>();
        var request = new NodeRequest(
            MessageType.FetchSocketsResponse, response => others.AddRange(response.Sockets.Select(socket => _sockets.Redact(socket))));
        var message = target.Flags.Local ? null : Encoder.FetchSockets(BroadcastOptions.Of(target, timeout), request.Id);
        await _requests.RequestAsync(request, message, timeout, cancellationToken).ConfigureAwait(false);
        return ([.. _sockets.Describe(target.Rooms, target.Excluded), .. others], request);
    }

    /// <summary>Adds a socket, in these rooms from its first event on; false if this node has left the namespace.</summary>
    public bool TryConnect(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfClosed();
        return Rooms.Add(socket, rooms);
    }

    /// <summary>Rejects events from now on, ends the open requests, and returns the AdapterClose message to publish.</summary>
    public OutgoingMessage Close()
    {
        _closed = true;
        _greetings.End();
        _requests.Close();
        return Outbox.Close();
    }

    /// <summary>
    /// Leaves: disconnects the sockets, ends the open requests, and sends further events as an emitter. Call
    /// <see cref="PublishCloseAsync"/> afterwards.
    /// </summary>
    /// <returns>A task that completes when the sockets have drained.</returns>
    public Task Leave()
    {
        _hasLeft = true;
        _requests.Close();
        return DisconnectSocketsAsync();
    }

    /// <summary>Publishes the AdapterClose message, in order after the messages before it.</summary>
    /// <param name="publishedLate">Called when a message was published that may be later.</param>
    /// <param name="cancellationToken">Withdraws the message.</param>
    public ValueTask PublishCloseAsync(Action publishedLate, CancellationToken cancellationToken)
    {
        _greetings.End();
        Outbox.WatchLate(publishedLate);
        return _transport.Publisher.PublishAsync(Outbox.Close(), cancellationToken);
    }

    /// <summary>
    /// Disconnects every socket. They are out of the namespace when the call returns; it completes when they have drained, which may be
    /// never.
    /// </summary>
    public async Task DisconnectSocketsAsync()
    {
        await Task.WhenAll(Rooms.Close().Select(static socket => socket.Leave())).ConfigureAwait(false);
        Rooms.ForgetDone();
        await _serverSide.CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>The names of the handlers that run of sockets that have left, and of server-side events.</summary>
    public IEnumerable<string> FindRunning() =>
        _serverSide.Running is { } running ? [.. Rooms.FindRunning(), running] : Rooms.FindRunning();

    /// <summary>The names of the handlers that run now.</summary>
    /// <inheritdoc cref="SocketQueue.FindHandler" path="/param"/>
    public IEnumerable<string> FindHandlers(bool holdingThread) =>
        _serverSide.FindHandler(holdingThread) is { } handler
            ? Rooms.FindHandlers(holdingThread).Append(handler)
            : Rooms.FindHandlers(holdingThread);

    // An event that is local, to rooms whose sockets handle nothing, need not be encoded.
    private bool HasNoHandler(in BroadcastTarget target) => target.Flags.Local && !Rooms.HaveHandlers(target.Rooms);

    private OutgoingMessage Encode<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => Encode(target, in packet, Observe(in packet));

    private OutgoingMessage Encode<TPacket>(in BroadcastTarget target, in TPacket packet, SentTrace? trace)
        where TPacket : struct, IPacket
    {
        // Before there is a message to dispose: a key that cannot be written throws.
        var journal = JournalMark.Of(in packet, _options.Journal);
        var encoder = target.Transaction is null ? Encoder : _transactionEncoder;
        var message = encoder.Broadcast(in packet, BroadcastOptions.Of(target), trace: trace);
        message.Journal = journal;
        return message;
    }

    private SentTrace? Observe<TPacket>(in TPacket packet)
        where TPacket : struct, IPacket
        => _diagnostics.Observer.SeesSending ? _diagnostics.Observer.Send(packet.Labels) : null;

    private void DeliverLocally(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target) =>
        Rooms.Deliver(eventName, message.PacketData, _origins.Local(target.Rooms), target.Excluded);

    private ValueTask PublishAsync(OutgoingMessage message, in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (!target.Flags.Local)
            return Outbox.PublishAsync(message, cancellationToken);
        message.Dispose();
        return ValueTask.CompletedTask;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw ClosedException();
    }
}
