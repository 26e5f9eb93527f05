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

    [LoggerMessage(307, LogLevel.Error, "A question of node {Uid} could not be answered.")]
    public static partial void NotAnswered(this ILogger logger, Exception exception, string uid);

    [LoggerMessage(305, LogLevel.Error, "A subscriber of a bus event threw.")]
    public static partial void SubscriberThrew(this ILogger logger, Exception exception);
}
