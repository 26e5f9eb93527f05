using EventBus.Cluster;
using EventBus.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Serialization;
using EventBus.Wire;

namespace EventBus.Namespaces;

/// <summary>What the operators of a node's bus namespace send and ask through.</summary>
/// <param name="membership">The bus namespace.</param>
/// <param name="streamCapacity">How many answers of a stream may wait to be taken.</param>
/// <param name="diagnostics">Where answers are counted that found no place.</param>
internal sealed class NodeBroadcaster(MembershipHandle membership, int streamCapacity, BusDiagnostics diagnostics) : Broadcaster, INodeBroadcaster, INodeEventBroadcaster
{
    protected override IAdapter Adapter => membership.Adapter;

    public ValueTask<FetchedSockets> FetchSocketsAsync(in BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Check(timeout);
        return FetchAsync(target, timeout, cancellationToken);
    }

    public ValueTask<Acks<TAnswer>> EmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>
        => GatherAsync(target, Question.Of<TArguments, TAnswer, TAnswerFormatter>(definition, in arguments), timeout, cancellationToken);

    public ValueTask<Acks<EventValue>> EmitWithAckAsync(
        in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        Check(eventName);
        Check(timeout);
        return GatherAsync(target, Question.Of(eventName, arguments), timeout, cancellationToken);
    }

    public AckStream<TAnswer> StreamAcks<TArguments, TAnswer, TAnswerFormatter>(in BroadcastTarget target, EventDefinition definition, in TArguments arguments, TimeSpan? timeout)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>
        => Stream(target, Question.Of<TArguments, TAnswer, TAnswerFormatter>(definition, in arguments), timeout);

    public AckStream<EventValue> StreamAcks(in BroadcastTarget target, string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout)
    {
        Check(eventName);
        Check(timeout);
        return Stream(target, Question.Of(eventName, arguments), timeout);
    }

    public ValueTask<ServerSideAcks<TAnswer>> ServerSideEmitWithAckAsync<TArguments, TAnswer, TAnswerFormatter>(
        EventDefinition definition, in TArguments arguments, TimeSpan? timeout, CancellationToken cancellationToken)
        where TArguments : struct, IArguments<TArguments>
        where TAnswerFormatter : struct, IFormatter<TAnswer>
        => ServerSideGatherAsync(Question.Of<TArguments, TAnswer, TAnswerFormatter>(definition, in arguments), timeout, cancellationToken);

    /// <summary>Asks every other node by a server-side event.</summary>
    public ValueTask<ServerSideAcks<EventValue>> ServerSideEmitWithAckAsync(
        string eventName, ReadOnlyMemory<EventValue> arguments, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        CheckServerSide(eventName);
        Check(timeout);
        return ServerSideGatherAsync(Question.Of(eventName, arguments), timeout, cancellationToken);
    }

    private static void Check(TimeSpan? timeout)
    {
        if (timeout is { } time)
            RequestTime.Checked(time, nameof(timeout));
    }

    // Before this node is a member it knows of no other, and would take its own answer for all.
    private ValueTask<ClusterAdapter> JoinAsync(in BroadcastTarget target, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ClusterAdapter>(cancellationToken);
        return target.Flags.Local ? ValueTask.FromResult(membership.Use()) : membership.JoinAsync(cancellationToken);
    }

    private async ValueTask<Acks<TAnswer>> GatherAsync<TPacketData, TAnswer>(
        BroadcastTarget target, Question<TPacketData, TAnswer> question, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacketData : struct, IWritable
    {
        var responses = new List<TAnswer>();
        var request = await AskAsync(target, question, responses.Add, timeout, cancellationToken).ConfigureAwait(false);
        return new Acks<TAnswer>(responses, request.Expected, request.Missing, request.IsTimedOut);
    }

    private AnswerStream<TAnswer> Stream<TPacketData, TAnswer>(BroadcastTarget target, Question<TPacketData, TAnswer> question, TimeSpan? timeout)
        where TPacketData : struct, IWritable
        => new((keep, cancellationToken) => AskAsync(target, question, keep, timeout, cancellationToken), question.EventName, streamCapacity, diagnostics);

    // Joined, as nearly always, this does not wait, and the event has its place in the order when the call returns.
    private async ValueTask<AckRequest> AskAsync<TPacketData, TAnswer>(
        BroadcastTarget target, Question<TPacketData, TAnswer> question, Action<TAnswer> keep, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacketData : struct, IWritable
    {
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var time = timeout ?? adapter.RequestsTimeout;
        return await adapter.BroadcastWithAckAsync(
            socketsHere => new AckRequest(socketsHere, target.Flags.ExpectSingleResponse, answer => keep(question.ReadAnswer(answer))),
            requestId => adapter.Encoder.Broadcast(question.PacketData, BroadcastOptions.Of(target, time), requestId),
            question.EventName,
            target,
            time,
            cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<ServerSideAcks<TAnswer>> ServerSideGatherAsync<TPacketData, TAnswer>(
        Question<TPacketData, TAnswer> question, TimeSpan? timeout, CancellationToken cancellationToken)
        where TPacketData : struct, IWritable
    {
        // Joined, as nearly always, this does not wait, and the arguments are encoded when the call returns.
        cancellationToken.ThrowIfCancellationRequested();
        var adapter = await membership.JoinAsync(cancellationToken).ConfigureAwait(false);
        var responses = new List<ServerSideAck<TAnswer>>();
        var request = new ServerSideRequest((uid, answer) => responses.Add(new ServerSideAck<TAnswer>(uid, question.ReadAnswer(answer))));
        var message = adapter.Encoder.ServerSideEmit(question.PacketData, request.Id);
        await adapter.ServerSideAskAsync(request, message, timeout, cancellationToken).ConfigureAwait(false);
        return new ServerSideAcks<TAnswer>(responses, request.Missing, request.IsTimedOut);
    }

    private async ValueTask<FetchedSockets> FetchAsync(BroadcastTarget target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var adapter = await JoinAsync(target, cancellationToken).ConfigureAwait(false);
        var (sockets, missing) = await adapter.FetchSocketsAsync(target, timeout, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets([.. sockets.Select(socket => new RemoteSocket(this, socket.Id, socket.Handshake, socket.Rooms, socket.Data))], missing);
    }
}
