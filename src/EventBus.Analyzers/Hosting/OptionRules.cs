using System.Globalization;
using System.Text;

namespace EventBus.Analyzers.Hosting;

/// <summary>The rules for options. A test compares them with the validation of the runtime.</summary>
internal static class OptionRules
{
    private const int LeastPayloadThreshold = 128;
    private const int GreatestPayloadThreshold = 8000;
    private const int MaxUidLength = 64;
    private const int GreatestPolicy = 3;
    private const int MaxChannelBytes = 63;
    private const int MaxJournalBytes = 50;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastHeartbeatInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeastRetention = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(10_000);
    private static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultHeartbeatTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The options that are not valid, and the rule that they break, as the end of a sentence.</summary>
    /// <param name="values">The constant values.</param>
    /// <param name="hasDefaults">Whether an option that is not set has its default value.</param>
    public static IEnumerable<(string Option, string Value, string Reason)> FindBroken(OptionValues values, bool hasDefaults) =>
        from option in values.Names
        let value = values.Find(option)
        where value is not null
        let reason = FindBroken(option, value) ?? FindContradiction(option, values, hasDefaults)
        where reason is not null
        select (option, Convert.ToString(value, CultureInfo.InvariantCulture), reason);

    private static string? FindBroken(string option, object value) => (option, value) switch
    {
        ("PayloadThreshold", int bytes) => Unless(
            bytes is >= LeastPayloadThreshold and <= GreatestPayloadThreshold,
            $"must be {LeastPayloadThreshold} to {GreatestPayloadThreshold} bytes, PostgreSQL's limit"),
        ("HeartbeatInterval", TimeSpan time) => Unless(
            time >= LeastHeartbeatInterval && time < Longest, $"must be at least {LeastHeartbeatInterval} and less than {Longest}"),
        ("HeartbeatTimeout", TimeSpan time) => Unless(time <= Longest, $"must be at most {Longest}"),
        ("CleanupInterval", TimeSpan time) => Unless(
            IsPositive(time) || time == Timeout.InfiniteTimeSpan,
            $"must be positive and at most {Longest}, or Timeout.InfiniteTimeSpan to remove nothing"),
        ("RequestsTimeout" or "PublishTimeout" or "StopTimeout" or "KeepAliveInterval" or "ReceivePauseTimeout", TimeSpan time) =>
            Unless(IsPositive(time), $"must be positive and at most {Longest}"),
        ("PublishQueueMessages" or "PublishQueueBytes" or "PublishWaitingBytes" or "ReceiveQueueMessages" or "AttachmentBytes"
            or "SocketQueueEvents" or "SocketOverflowBytes", int count) => Unless(count > 0, "must be positive"),
        ("SlowSocketPolicy", int policy) => Unless(
            policy is >= 0 and <= GreatestPolicy, "must be WaitThenDropNewest, DropNewest, DropOldest or Disconnect"),
        ("Uid", string uid) =>
            Unless(IsUid(uid), $"must be 1 to {MaxUidLength} letters, digits, '-' or '_' of ASCII, and not 'emitter'"),
        ("ChannelPrefix", string prefix) => Unless(
            prefix.Length > 0 && !prefix.Contains('\0') && Encoding.UTF8.GetByteCount($"{prefix}#/") <= MaxChannelBytes,
            $"must make a channel name of at most {MaxChannelBytes} bytes of UTF-8 ('prefix#/'), without NUL"),
        ("TableName", string name) => Unless(name.Length > 0, "must be 'table' or 'schema.table'"),
        ("JournalTable", string name) => Unless(
            IsJournal(name), $"must be 'table' or 'schema.table', and the table at most {MaxJournalBytes} bytes of UTF-8, without NUL"),
        ("JournalRetention", TimeSpan time) => Unless(
            (time >= LeastRetention && time <= LongestRetention) || time == Timeout.InfiniteTimeSpan,
            $"must be {LeastRetention} to {LongestRetention.TotalDays} days, or Timeout.InfiniteTimeSpan to remove nothing"),
        _ => null,
    };

    // If the two times contradict each other, the timeout is reported, if it is set.
    private static string? FindContradiction(string option, OptionValues values, bool hasDefaults)
    {
        var interval = Known("HeartbeatInterval", DefaultHeartbeatInterval);
        var timeout = Known("HeartbeatTimeout", DefaultHeartbeatTimeout);
        if (timeout > interval || interval >= Longest)
            return null;
        return option switch
        {
            "HeartbeatTimeout" when interval is not null => $"must exceed HeartbeatInterval, which is {interval}",
            "HeartbeatInterval" when timeout is not null && !values.IsSet("HeartbeatTimeout") =>
                $"HeartbeatTimeout, by default {timeout}, must exceed it",
            _ => null,
        };

        TimeSpan? Known(string name, TimeSpan byDefault) =>
            values.Find(name) as TimeSpan? ?? (hasDefaults && !values.IsSet(name) ? byDefault : null);
    }

    private static bool IsPositive(TimeSpan time) => time > TimeSpan.Zero && time <= Longest;

    private static bool IsUid(string uid) =>
        uid.Length is > 0 and <= MaxUidLength
        && uid != "emitter"
        && uid.All(static c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_');

    // A schema and a table, of which each is a name of PostgreSQL, or a table alone.
    private static bool IsJournal(string name)
    {
        var dot = name.IndexOf('.');
        return dot != 0 && name.Length > dot + 1 && !name.Contains('\0')
            && Encoding.UTF8.GetByteCount(name.Substring(dot + 1)) <= MaxJournalBytes
            && (dot < 0 || Encoding.UTF8.GetByteCount(name.Substring(0, dot)) <= MaxChannelBytes);
    }

    private static string? Unless(bool holds, string rule) => holds ? null : rule;
}
