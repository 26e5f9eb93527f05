using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the cluster layer: event ids 300-399.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(300, LogLevel.Information, "Node {Uid} joined namespace {Namespace}.")]
    public static partial void NodeJoined(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(301, LogLevel.Information, "Node {Uid} left namespace {Namespace}.")]
    public static partial void NodeLeft(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(302, LogLevel.Warning,
        "Node {Uid} of namespace {Namespace} was silent for longer than the heartbeat timeout: it counts as dead.")]
    public static partial void NodeExpired(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(303, LogLevel.Warning, "Joining namespace {Namespace} failed; trying again.")]
    public static partial void JoinDelayed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(304, LogLevel.Information, "The bus is now {State}.")]
    public static partial void StateChanged(this ILogger logger, BusState state);

    [LoggerMessage(305, LogLevel.Error, "A subscriber of a bus event threw.")]
    public static partial void SubscriberThrew(this ILogger logger, Exception exception);

    [LoggerMessage(307, LogLevel.Error,
        "The response to a request of node {Uid} could not be sent. Further failures within a minute are not logged.")]
    public static partial void ResponseNotSent(this ILogger logger, Exception exception, string uid);

    [LoggerMessage(308, LogLevel.Warning,
        "A response of node {Uid} in namespace {Namespace} was ignored: it is a duplicate, or the request was not addressed to this node, "
        + "for example because it joined later. Further ones within a minute are only counted.")]
    public static partial void ResponseIgnored(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(309, LogLevel.Warning, "A response of node {Uid} could not be read. Further ones within a minute are only counted.")]
    public static partial void ResponseNotRead(this ILogger logger, Exception exception, string uid);

    [LoggerMessage(310, LogLevel.Error,
        "{Known} nodes of namespace {Namespace} are known, which is the limit. Messages of others within a minute are only counted.")]
    public static partial void TooManyNodes(this ILogger logger, int known, string @namespace);

    [LoggerMessage(311, LogLevel.Error,
        "Node {Uid} requested that sockets of namespace {Namespace} join rooms. The request was rejected, because the sockets have "
        + "{Memberships} memberships already. Further ones within a minute are only counted.")]
    public static partial void TooManyMemberships(this ILogger logger, string uid, int memberships, string @namespace);

    [LoggerMessage(312, LogLevel.Error,
        "A message in namespace {Namespace} has the uid of this node, but this node did not send it: two nodes have the same uid, or the "
        + "message is forged. Further ones within a minute are only counted.")]
    public static partial void Impostor(this ILogger logger, string @namespace);

    [LoggerMessage(313, LogLevel.Error,
        "The responses to open requests of namespace {Namespace} hold {Bytes} bytes, which is the limit, so a response of node {Uid} was "
        + "ignored. Further ones within a minute are only counted.")]
    public static partial void TooManyResponseBytes(this ILogger logger, long bytes, string uid, string @namespace);

    [LoggerMessage(314, LogLevel.Warning, "Leaving namespace {Namespace} failed; the other nodes will notice the silence.")]
    public static partial void LeaveDisturbed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(315, LogLevel.Warning, "The acks of '{EventName}' arrive faster than they are read: the newest are dropped.")]
    public static partial void AckStreamFull(this ILogger logger, string eventName);

    [LoggerMessage(316, LogLevel.Error, "Namespace {Namespace} could not be joined; the next use of it tries again.")]
    public static partial void JoinFailed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(317, LogLevel.Error,
        "A step of the stop failed, or a callback that a handler registered with its token threw; the stop goes on.")]
    public static partial void StopDisturbed(this ILogger logger, Exception exception);

    [LoggerMessage(318, LogLevel.Information,
        "Node {Uid} requested that sockets of namespace {Namespace} join or leave rooms or are disconnected. {Sockets} sockets here "
        + "ignore that: set AllowRemoteManagement if they stand for clients. Further ones within a minute are not logged.")]
    public static partial void ManagementIgnored(this ILogger logger, string uid, int sockets, string @namespace);

    [LoggerMessage(319, LogLevel.Warning, "Socket {SocketId} with the handler of {Contract} was disconnected: {Reason}.")]
    public static partial void HandlerDisconnected(this ILogger logger, string socketId, string contract, string reason);

    [LoggerMessage(320, LogLevel.Warning,
        "A subscriber of an event of the bus or a namespace is too slow: events are dropped until the queued ones were raised.")]
    public static partial void BusEventsFull(this ILogger logger);

    [LoggerMessage(322, LogLevel.Information, "{Skipped} nodes joined or left without a line of their own.")]
    public static partial void NodesNotLogged(this ILogger logger, long skipped);

    [LoggerMessage(323, LogLevel.Warning,
        "A request of node {Uid} in namespace {Namespace} was refused: backend {Pid}, role {Role}, requests too much. "
        + "Further ones within a minute are only counted.")]
    public static partial void RequestRefused(this ILogger logger, string uid, string @namespace, int pid, string role);

    [LoggerMessage(321, LogLevel.Information, "The events of the bus are raised again; {Dropped} were dropped.")]
    public static partial void BusEventsRecovered(this ILogger logger, long dropped);

    [LoggerMessage(340, LogLevel.Error,
        "None of the {Lost} attachments of source {Source} could be read. It probably stores them in another table than this node reads, "
        + "which is {Table}: compare TableName, the schema and the database of both.")]
    public static partial void SourceUnreadable(this ILogger logger, int lost, string source, string table);

    [LoggerMessage(341, LogLevel.Warning,
        "Node {Uid} of namespace {Namespace} cannot send its sockets: {Failure} Further ones within a minute are not logged.")]
    public static partial void ResponseFailed(this ILogger logger, string uid, string @namespace, string failure);

    [LoggerMessage(342, LogLevel.Error,
        "For {Delay} no thread of the pool was free; it has {Threads}. These handlers block its threads, or run: {Handlers}. A handler "
        + "must await instead of blocking. Further occurrences within a minute are only counted.")]
    public static partial void ThreadPoolBlocked(this ILogger logger, TimeSpan delay, int threads, string handlers);
}
