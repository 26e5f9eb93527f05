using Microsoft.Extensions.Logging;

namespace EventBus.Diagnostics;

/// <summary>Log messages of the cluster layer: event ids 300-399.</summary>
internal static partial class ClusterLog
{
    [LoggerMessage(300, LogLevel.Information, "Node {Uid} joined namespace {Namespace}.")]
    public static partial void NodeJoined(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(301, LogLevel.Information, "Node {Uid} left namespace {Namespace}.")]
    public static partial void NodeLeft(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(302, LogLevel.Warning, "Node {Uid} of namespace {Namespace} was silent for too long and is taken for dead.")]
    public static partial void NodeExpired(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(303, LogLevel.Warning, "Namespace {Namespace} could not be joined yet; trying again.")]
    public static partial void JoinDelayed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(304, LogLevel.Information, "The bus is now {State}.")]
    public static partial void StateChanged(this ILogger logger, BusState state);

    [LoggerMessage(307, LogLevel.Error, "A question of node {Uid} could not be answered. Those after it within a minute are passed over.")]
    public static partial void NotAnswered(this ILogger logger, Exception exception, string uid);

    [LoggerMessage(308, LogLevel.Warning, "An answer of node {Uid} in namespace {Namespace} was not awaited: it was given twice, or by a node that was not asked, such as one that joined meanwhile. Those after it within a minute are only counted.")]
    public static partial void AnswerIgnored(this ILogger logger, string uid, string @namespace);

    [LoggerMessage(309, LogLevel.Warning, "An answer of node {Uid} could not be read. Those after it within a minute are only counted.")]
    public static partial void AnswerNotRead(this ILogger logger, Exception exception, string uid);

    [LoggerMessage(310, LogLevel.Error, "{Known} nodes of namespace {Namespace} are known, and no more are remembered. What others send within a minute is only counted.")]
    public static partial void TooManyNodes(this ILogger logger, int known, string @namespace);

    [LoggerMessage(311, LogLevel.Error, "Node {Uid} asked that sockets of namespace {Namespace} join rooms; with {Memberships} sockets in rooms there is no place for it. Such requests within a minute are only counted.")]
    public static partial void TooManyMemberships(this ILogger logger, string uid, int memberships, string @namespace);

    [LoggerMessage(312, LogLevel.Error, "A message in namespace {Namespace} has this node's uid, and this node did not send it: two nodes have the same uid, or it is forged. Those after it within a minute are only counted.")]
    public static partial void Impostor(this ILogger logger, string @namespace);

    [LoggerMessage(313, LogLevel.Error, "The answers to open questions of namespace {Namespace} hold {Bytes} bytes, and there is no place for that of node {Uid}. Those after it within a minute are only counted.")]
    public static partial void TooManyAnswers(this ILogger logger, long bytes, string uid, string @namespace);

    [LoggerMessage(314, LogLevel.Warning, "Namespace {Namespace} could not be left in order; the other nodes will notice the silence.")]
    public static partial void LeaveDisturbed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(315, LogLevel.Warning, "The answers to '{EventName}' come faster than they are taken: the newest are dropped.")]
    public static partial void AckStreamFull(this ILogger logger, string eventName);

    [LoggerMessage(316, LogLevel.Error, "Namespace {Namespace} could not be joined; whoever uses it next tries again.")]
    public static partial void JoinFailed(this ILogger logger, Exception exception, string @namespace);

    [LoggerMessage(317, LogLevel.Error, "What a handler registered with its cancellation token threw when the bus stopped.")]
    public static partial void StopDisturbed(this ILogger logger, Exception exception);

    [LoggerMessage(305, LogLevel.Error, "A subscriber of a bus event threw.")]
    public static partial void SubscriberThrew(this ILogger logger, Exception exception);
}
