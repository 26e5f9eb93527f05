using System.Text.Json.Nodes;

namespace EventBus.Chaos.Children;

/// <summary>Reads the options of a child from its first command.</summary>
internal static class ChildOptions
{
    /// <summary>How long a silent connection is trusted, in all children.</summary>
    public static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(1);

    public static string Connection(JsonObject command) => command["connection"]!.GetValue<string>();

    public static EventBusOptions Read(JsonObject command) => new()
    {
        ChannelPrefix = command["prefix"]!.GetValue<string>(),
        TableName = command["table"]!.GetValue<string>(),
        KeepAliveInterval = KeepAlive,
        HeartbeatInterval = Milliseconds(command, "heartbeat", 1_000),
        HeartbeatTimeout = Milliseconds(command, "heartbeatTimeout", 10_000),
        PublishTimeout = Milliseconds(command, "publishTimeout", 5_000),
        StopTimeout = Milliseconds(command, "stopTimeout", 3_000),
        CleanupInterval = Milliseconds(command, "cleanup", 30_000),
        SocketQueueEvents = Number(command, "socketQueue", EventBusDefaults.SocketQueueEvents),
        SocketOverflowBytes = Number(command, "socketOverflow", EventBusDefaults.SocketOverflowBytes),
        AllowRemoteManagement = command["managed"]?.GetValue<bool>() ?? false,
    };

    public static int Number(JsonObject command, string name, int otherwise) => command[name]?.GetValue<int>() ?? otherwise;

    private static TimeSpan Milliseconds(JsonObject command, string name, int otherwise) =>
        TimeSpan.FromMilliseconds(Number(command, name, otherwise));
}
