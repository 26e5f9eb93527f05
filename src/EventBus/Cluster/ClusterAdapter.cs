using EventBus.Diagnostics;
using EventBus.Rooms;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Cluster;

/// <summary>One bus namespace of a node: delivers within this process, publishes to the others, and asks them.</summary>
internal sealed class ClusterAdapter : IAdapter
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
        TransactionEncoder = EmitterAdapter.WithinTransactions(encoder);
        RoomEvents = new RoomEvents(encoder.Options.Namespace, settings.SocketQueueEvents, diagnostics);
        Rooms = new RoomRegistry(RoomEvents, diagnostics);
        _transport = transport;
        _settings = settings;
        Life = new SignsOfLife(encoder, time);
        _outbox = new ClusterOutbox(transport, Life);
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

    public MessageEncoder TransactionEncoder { get; }

    public string Namespace => _encoder.Options.Namespace;

    public string Channel => _encoder.Options.Channel;

    public RoomRegistry Rooms { get; }

    /// <summary>What changes in the rooms.</summary>
    public RoomEvents RoomEvents { get; }

    /// <summary>Whether this node has left the namespace. What is emitted goes out all the same; nobody is here, and nobody can be asked.</summary>
    public bool HasLeft => _hasLeft;

    /// <summary>The other nodes.</summary>
    public Peers Peers { get; }

    /// <summary>How the other nodes know of this one.</summary>
    public SignsOfLife Life { get; }

    /// <summary>How many questions to the other nodes are open.</summary>
    public int OpenQuestions => _requests.Count;

    /// <summary>How long a question waits where its caller does not say.</summary>
    public TimeSpan RequestsTimeout => _settings.RequestsTimeout;

    public ValueTask BroadcastAsync(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target, CancellationToken cancellationToken)
    {
        // What may be rolled back comes here by its notification, too.
        if (target.Transaction is { } transaction)
            return _transport.PublishWithinAsync(transaction, message, cancellationToken);

        DeliverHere(message, eventName, target);
        if (target.Flags.Local)
        {
            message.Dispose();
            return ValueTask.CompletedTask;
        }

        return _outbox.PublishAsync(message, cancellationToken);
    }

    public bool Post(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target)
    {
        DeliverHere(message, eventName, target);
        if (target.Flags.Local)
        {
            message.Dispose();
            return true;
        }

        return _outbox.TryPost(message);
    }

    public ValueTask ServerSideEmitAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        ThrowIfClosed(message);
        return PublishAsync(message, cancellationToken);
    }

    /// <summary>Takes over a broadcast that asks every socket; it has its place in the order, and the sockets here have it, when the call returns.</summary>
    /// <param name="request">Makes the request, from how many sockets here get the event.</param>
    /// <param name="message">Makes the broadcast with a request id.</param>
    /// <param name="eventName">The event's name.</param>
    /// <param name="target">Whom it concerns.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<AckRequest> BroadcastWithAckAsync(
        Func<int, AckRequest> request, Func<string, OutgoingMessage> message, byte[] eventName, BroadcastTarget target, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var sockets = Rooms.Find(target.Rooms, target.Excluded);
        var asked = request(sockets.Length);
        var broadcast = message(asked.Id);
        Rooms.Deliver(eventName, broadcast.PacketData, _origins.Here(target.Rooms), sockets, new LocalAsker(asked, _requests, Encoder));
        if (target.Flags.Local)
            broadcast.Dispose();
        await _questions.AskAsync(asked, target.Flags.Local ? null : broadcast, timeout, cancellationToken).ConfigureAwait(false);
        return asked;
    }

    /// <summary>Asks every other node by a server-side event.</summary>
    public ValueTask ServerSideAskAsync(ServerSideRequest request, OutgoingMessage message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        ThrowIfClosed(message);
        return _questions.AskAsync(request, message, timeout, cancellationToken);
    }

    /// <summary>Sets what this node does with a server-side event, in place of what it did before.</summary>
    public void OnServerSide(string eventName, SocketHandler handler) => _serverSide.Set(eventName, handler);

    public ValueTask SocketsJoinAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var message = target.Flags.Local ? null : Encoder.SocketsJoin(BroadcastOptions.Of(target), rooms);
        _sockets.Join(target.Rooms, target.Excluded, rooms);
        return PublishAsync(message, cancellationToken);
    }

    public ValueTask SocketsLeaveAsync(in BroadcastTarget target, in RoomSet rooms, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var message = target.Flags.Local ? null : Encoder.SocketsLeave(BroadcastOptions.Of(target), rooms);
        _sockets.Leave(target.Rooms, target.Excluded, rooms);
        return PublishAsync(message, cancellationToken);
    }

    public ValueTask DisconnectSocketsAsync(in BroadcastTarget target, bool close, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        var message = target.Flags.Local ? null : Encoder.DisconnectSockets(BroadcastOptions.Of(target), close);
        _sockets.Disconnect(target.Rooms, target.Excluded);
        return PublishAsync(message, cancellationToken);
    }

    /// <summary>Asks every node for the target's sockets.</summary>
    /// <returns>The sockets, and the nodes that have not answered.</returns>
    public async ValueTask<(SocketSnapshot[] Sockets, string[] Missing)> FetchSocketsAsync(BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
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

    /// <summary>Leaves: no socket is here any more, open questions end, and what is emitted from now on goes out as an emitter's. The goodbye is the caller's.</summary>
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
        return _transport.PublishAsync(Life.Goodbye(), cancellationToken);
    }

    /// <summary>Takes every socket out of the namespace at once; completes when they have handed over what is queued.</summary>
    public async Task DisconnectSocketsAsync()
    {
        await Task.WhenAll(Rooms.Close().Select(static socket => socket.DisposeAsync().AsTask())).ConfigureAwait(false);
        Rooms.ForgetDone();
        await _sockets.EndAsync().ConfigureAwait(false);
        await _serverSide.CompleteAsync().ConfigureAwait(false);
    }

    private void DeliverHere(OutgoingMessage message, ReadOnlySpan<byte> eventName, in BroadcastTarget target)
    {
        ThrowIfClosed(message);
        Rooms.Deliver(eventName, message.PacketData, _origins.Here(target.Rooms), target.Excluded);
    }

    private void ThrowIfClosed(OutgoingMessage message)
    {
        if (_closed)
            message.Dispose();
        ThrowIfClosed();
    }

    private void ThrowIfClosed()
    {
        if (_closed)
            throw new EventBusClosedException("The bus was stopped; it takes no more events and sockets.");
    }

    private ValueTask PublishAsync(OutgoingMessage? message, CancellationToken cancellationToken)
    {
        if (message is null)
            return ValueTask.CompletedTask;
        return _outbox.PublishAsync(message, cancellationToken);
    }
}
