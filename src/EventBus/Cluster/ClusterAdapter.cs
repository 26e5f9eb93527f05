using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Serialization;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>
/// One stay of a node in a bus namespace: delivers within this process, publishes to the other nodes, and sends them requests.
/// </summary>
internal sealed class ClusterAdapter
{
    private readonly ITransport _transport;
    private readonly ClusterSettings _settings;
    private readonly RequestTable _requests;
    private readonly ClusterQuestions _questions;
    private readonly SocketRequests _sockets;
    private readonly ServerSideHandlers _serverSide;
    private readonly EventOrigins _origins;
    private readonly ClusterInbox _inbox;
    private readonly ClusterOutbox _outbox;
    private readonly MessageEncoder _encoder;
    private readonly MessageEncoder _encoderOutside;
    private readonly MessageEncoder _transactionEncoder;
    private volatile bool _closed;
    private volatile bool _hasLeft;

    public ClusterAdapter(
        MessageEncoder encoder,
        ITransport transport,
        ClusterSettings settings,
        ReceivePressure pressure,
        TimeProvider time,
        BusDiagnostics diagnostics)
    {
        _encoder = encoder;
        _encoderOutside = EmitterAdapter.WithoutNode(encoder);
        _transactionEncoder = EmitterAdapter.WithinTransactions(encoder);
        RoomEvents = new RoomEvents(encoder.Options.Namespace, settings.SocketQueueEvents, diagnostics);
        Rooms = new RoomRegistry(RoomEvents, diagnostics);
        _transport = transport;
        _settings = settings;
        Life = new SignsOfLife(encoder, time);
        _outbox = new ClusterOutbox(transport.Publisher, Life);
        Peers = new Peers(encoder.Options.Namespace, settings.HeartbeatTimeout, time, diagnostics);
        _requests = new RequestTable(Peers, time, diagnostics);
        Peers.Left += _requests.NodeLeft;
        _questions = new ClusterQuestions(_requests, _outbox, settings.RequestsTimeout);
        _sockets = new SocketRequests(Rooms, settings.RedactHandshakes);
        _origins = new EventOrigins(encoder.Options, time);
        _serverSide = new ServerSideHandlers(encoder.Options.Namespace, pressure, _origins, diagnostics);
        _inbox = new ClusterInbox(
            settings.Uid,
            encoder.Options.Source,
            Rooms,
            _sockets,
            _serverSide,
            Peers,
            _requests,
            Life,
            new ClusterAnswers(encoder, _outbox, Life, diagnostics),
            _origins,
            diagnostics);
    }

    /// <summary>Encodes what is said in this namespace: after leaving as from an emitter, which no peer takes for a node.</summary>
    public MessageEncoder Encoder => _hasLeft ? _encoderOutside : _encoder;

    public string Namespace => _encoder.Options.Namespace;

    public string Channel => _encoder.Options.Channel;

    public RoomRegistry Rooms { get; }

    /// <summary>What changes in the rooms.</summary>
    public RoomEvents RoomEvents { get; }

    /// <summary>
    /// Whether this node has left the namespace. What is emitted goes out all the same; nobody is here, and nobody can be asked.
    /// </summary>
    public bool HasLeft => _hasLeft;

    /// <summary>The other nodes.</summary>
    public Peers Peers { get; }

    /// <summary>How the other nodes know of this one.</summary>
    public SignsOfLife Life { get; }

    /// <summary>How many questions to the other nodes are open.</summary>
    public int OpenQuestions => _requests.Count;

    /// <summary>How long a question waits where its caller does not say.</summary>
    public TimeSpan RequestsTimeout => _settings.RequestsTimeout;

    /// <inheritdoc cref="IEventSender.EmitAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask EmitAsync<TPacket>(in BroadcastTarget target, in TPacket packet, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        var message = Encode(target, in packet);

        // A transaction may be rolled back, so this node, too, receives its events by their notifications.
        if (target.Transaction is { } transaction)
            return _transport.Publisher.PublishWithinAsync(transaction, message, cancellationToken);

        DeliverHere(message, packet.EventName, target);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <inheritdoc cref="IEventSender.Post"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public bool Post<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        var message = Encode(target, in packet);
        DeliverHere(message, packet.EventName, target);
        if (!target.Flags.Local)
            return _outbox.TryPost(message);
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
        ThrowIfClosed();
        return _outbox.PublishAsync(Encoder.ServerSideEmit(in packet), cancellationToken);
    }

    /// <summary>
    /// Sends an event and gathers the acks of all sockets. It has its place in the order, and the sockets here have it, when the call
    /// returns.
    /// </summary>
    /// <param name="target">The sockets.</param>
    /// <param name="packet">The event.</param>
    /// <param name="keep">Reads and keeps an ack.</param>
    /// <param name="timeout">How long to wait for acks.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<AckRequest> EmitWithAckAsync<TPacket>(
        BroadcastTarget target, TPacket packet, Action<EncodedValue> keep, TimeSpan timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        ThrowIfClosed();
        var sockets = Rooms.Find(target.Rooms, target.Excluded);
        var request = new AckRequest(sockets.Length, target.Flags.ExpectSingleResponse, keep);
        var message = Encoder.Broadcast(in packet, BroadcastOptions.Of(target, timeout), request.Id);
        Rooms.Deliver(
            packet.EventName, message.PacketData, _origins.Here(target.Rooms), sockets, new LocalAsker(request, _requests, Encoder));
        if (target.Flags.Local)
            message.Dispose();
        await _questions.AskAsync(request, target.Flags.Local ? null : message, timeout, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <summary>Sends an event to the other nodes themselves and gathers one ack of each.</summary>
    /// <param name="packet">The event.</param>
    /// <param name="keep">Reads and keeps the ack of a node.</param>
    /// <param name="timeout">How long to wait for acks; null: <see cref="RequestsTimeout"/>.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<ServerSideRequest> ServerSideEmitWithAckAsync<TPacket>(
        TPacket packet, Action<string, EncodedValue> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacket : struct, IPacket
    {
        ThrowIfClosed();
        var request = new ServerSideRequest(keep);
        await _questions.AskAsync(request, Encoder.ServerSideEmit(in packet, request.Id), timeout, cancellationToken).ConfigureAwait(false);
        return request;
    }

    /// <inheritdoc cref="IEventSender.Measure"/>
    public MeasuredEvent Measure<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
    {
        using var message = Encode(target, in packet);
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
        using var message = Encoder.Broadcast(in packet, BroadcastOptions.Of(target, timeout ?? RequestsTimeout), RequestIds.Next());
        return message.Measure();
    }

    /// <summary>Sets what this node does with a server-side event, in place of what it did before.</summary>
    public void OnServerSide(string eventName, SocketHandler handler) => _serverSide.Set(eventName, handler);

    /// <inheritdoc cref="IEventSender.SocketsJoinAsync"/>
    /// <exception cref="EventBusClosedException">The bus was stopped.</exception>
    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);
        ThrowIfClosed();
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
        ThrowIfClosed();
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
        ThrowIfClosed();
        var message = Encoder.DisconnectSockets(BroadcastOptions.Of(target), close);
        _sockets.Disconnect(target.Rooms, target.Excluded);
        return PublishAsync(message, target, cancellationToken);
    }

    /// <summary>Asks every node for the target's sockets.</summary>
    /// <returns>The sockets, and the nodes that have not answered.</returns>
    public async ValueTask<(SocketSnapshot[] Sockets, string[] Missing)> FetchSocketsAsync(
        BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var request = new FetchRequest();
        var message = target.Flags.Local ? null : Encoder.FetchSockets(BroadcastOptions.Of(target, timeout), request.Id);
        await _questions.AskAsync(request, message, timeout, cancellationToken).ConfigureAwait(false);
        var others = request.Sockets.Select(socket => _sockets.Redact(socket));
        return ([.. _sockets.Describe(target.Rooms, target.Excluded), .. others], request.Missing);
    }

    /// <summary>Adds a socket, in these rooms from its first event on; false where this node has left the namespace.</summary>
    public bool TryConnect(Socket socket, IReadOnlyList<string> rooms)
    {
        ThrowIfClosed();
        return Rooms.Add(socket, rooms);
    }

    /// <summary>A sign of life was published together with those of other namespaces.</summary>
    public void HasShownLife() => _outbox.HasSaid();

    public void OnMessage(ClusterMessage message) => _inbox.Take(message);

    /// <summary>Refuses broadcasts from now on, ends open questions, and says goodbye.</summary>
    public OutgoingMessage Close()
    {
        _closed = true;
        _requests.Close();
        return Life.Goodbye();
    }

    /// <summary>
    /// Leaves: no socket is here any more, open questions end, and what is emitted from now on goes out as an emitter's. The goodbye is the
    /// caller's.
    /// </summary>
    /// <returns>A task that completes when the sockets have handed over what is queued.</returns>
    public Task Leave()
    {
        _hasLeft = true;
        _requests.Close();
        return DisconnectSocketsAsync();
    }

    /// <summary>Says goodbye, in order after what was published before, and again after what was on its way.</summary>
    /// <param name="saidTooLate">Called when something may have been said behind it.</param>
    /// <param name="cancellationToken">Withdraws it.</param>
    public ValueTask SayGoodbyeAsync(Action saidTooLate, CancellationToken cancellationToken)
    {
        _outbox.Close(saidTooLate);
        return _transport.Publisher.PublishAsync(Life.Goodbye(), cancellationToken);
    }

    /// <summary>Takes every socket out of the namespace at once; completes when they have handed over what is queued.</summary>
    public async Task DisconnectSocketsAsync()
    {
        await Task.WhenAll(Rooms.Close().Select(static socket => socket.DisposeAsync().AsTask())).ConfigureAwait(false);
        Rooms.ForgetDone();
        await _sockets.EndAsync().ConfigureAwait(false);
        await _serverSide.CompleteAsync().ConfigureAwait(false);
    }

    private OutgoingMessage Encode<TPacket>(in BroadcastTarget target, in TPacket packet)
        where TPacket : struct, IPacket
        => (target.Transaction is null ? Encoder : _transactionEncoder).Broadcast(in packet, BroadcastOptions.Of(target));

    private void DeliverHere(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target)
    {
        if (_closed)
            message.Dispose();
        ThrowIfClosed();
        Rooms.Deliver(eventName, message.PacketData, _origins.Here(target.Rooms), target.Excluded);
    }

    private ValueTask PublishAsync(OutgoingMessage message, in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (!target.Flags.Local)
            return _outbox.PublishAsync(message, cancellationToken);
        message.Dispose();
        return ValueTask.CompletedTask;
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new EventBusClosedException("The bus was stopped. It accepts no more events and sockets.");
    }
}
