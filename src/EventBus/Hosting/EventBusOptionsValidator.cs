using System.Runtime.CompilerServices;
using EventBus.Transport.Sql;
using EventBus.Wire;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventBus.Hosting;

/// <summary>Validates <see cref="EventBusOptions"/>. Every failure names the option, its value and the rule.</summary>
internal sealed class EventBusOptionsValidator : IValidateOptions<EventBusOptions>
{
    private const int MaxUidLength = 64;
    private const int LeastPayloadThreshold = 128;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastHeartbeatInterval = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LeastRetention = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(10_000);

    /// <exception cref="OptionsValidationException">An option is not valid.</exception>
    public static void ThrowIfInvalid(EventBusOptions options)
    {
        var result = new EventBusOptionsValidator().Validate(Options.DefaultName, options);
        if (result.Failed)
            throw new OptionsValidationException(nameof(EventBusOptions), typeof(EventBusOptions), result.Failures);
    }

    public ValidateOptionsResult Validate(string? name, EventBusOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        Require(
            options.Uid,
            static uid => uid is null || IsUid(uid),
            $"must be 1 to {MaxUidLength} letters, digits, '-' or '_' of ASCII, and not 'emitter'");
        Require(
            options.ChannelPrefix,
            IsChannel,
            "must make a channel name of at most 63 bytes of UTF-8 ('prefix#/'), without NUL and lone surrogates");
        Require(options.TableName, static table => !string.IsNullOrEmpty(table), "must be 'table' or 'schema.table'");
        Require(
            options.JournalTable,
            IsJournal,
            $"must be 'table' or 'schema.table', and the table at most {JournalNames.MaxBytes} bytes of UTF-8, without NUL and lone "
            + "surrogates");
        Require(
            options.JournalRetention,
            static time => (time >= LeastRetention && time <= LongestRetention) || time == Timeout.InfiniteTimeSpan,
            $"must be {LeastRetention} to {LongestRetention.TotalDays} days, or Timeout.InfiniteTimeSpan to remove nothing");
        Require(
            options.PayloadThreshold,
            static bytes => bytes is >= LeastPayloadThreshold and <= EventBusDefaults.PayloadThreshold,
            $"must be {LeastPayloadThreshold} to {EventBusDefaults.PayloadThreshold} bytes, PostgreSQL's limit");
        Require(
            options.HeartbeatInterval,
            static time => time >= LeastHeartbeatInterval && time < Longest,
            $"must be at least {LeastHeartbeatInterval} and less than {Longest}");
        Require(
            options.HeartbeatTimeout,
            time => (time > options.HeartbeatInterval || options.HeartbeatInterval >= Longest) && time <= Longest,
            $"must exceed {nameof(options.HeartbeatInterval)} and be at most {Longest}");
        Require(
            options.CleanupInterval,
            static time => IsTime(time) || time == Timeout.InfiniteTimeSpan,
            $"must be positive and at most {Longest}, or Timeout.InfiniteTimeSpan to remove nothing");
        RequireTime(options.RequestsTimeout);
        RequireTime(options.PublishTimeout);
        RequireTime(options.StopTimeout);
        RequireTime(options.KeepAliveInterval);
        RequireTime(options.ReceivePauseTimeout);
        RequirePositive(options.PublishQueueMessages);
        RequirePositive(options.PublishQueueBytes);
        RequirePositive(options.PublishWaitingBytes);
        RequirePositive(options.ReceiveQueueMessages);
        RequirePositive(options.AttachmentBytes);
        RequirePositive(options.SocketQueueEvents);
        RequirePositive(options.SocketOverflowBytes);
        Require(
            options.SlowSocketPolicy,
            static policy => Enum.IsDefined(policy),
            "must be WaitThenDropNewest, DropNewest, DropOldest or Disconnect");
        Require(options.Journal, static scope => Enum.IsDefined(scope), "must be Marked or All");
        Require(options.TraceRelation, static relation => Enum.IsDefined(relation), "must be Child or Link");
        if (FindListenerError(options) is { } error)
            result.AddError(error, nameof(options.ListenerConnectionString));
        return result.Build();

        void Require<T>(T value, Predicate<T> rule, string message, [CallerArgumentExpression(nameof(value))] string option = "")
        {
            var name = option[(option.IndexOf('.', StringComparison.Ordinal) + 1)..];
            if (!rule(value))
                result.AddError($"is '{value}', but {message}.{Hint(value)}", name);
        }

        void RequireTime(TimeSpan value, [CallerArgumentExpression(nameof(value))] string option = "") =>
            Require(value, IsTime, $"must be positive and at most {Longest}", option);

        void RequirePositive(int value, [CallerArgumentExpression(nameof(value))] string option = "") =>
            Require(value, static number => number > 0, "must be positive", option);
    }

    // In the configuration a number without colons is a number of days.
    private static string Hint<T>(T value) => value is TimeSpan { Ticks: > 0 and var ticks } && ticks % TimeSpan.TicksPerDay == 0
        ? " In the configuration \"5\" is 5 days, and \"00:00:05\" is 5 seconds."
        : "";

    // The message must not contain the connection string, which holds a password.
    private static string? FindListenerError(EventBusOptions options)
    {
        if (options.ListenerConnectionString is not { } connectionString)
            return null;
        if (options.GetListener() is not null)
            return "is set, but UseListener has set a data source, too. Use one of them.";
        if (string.IsNullOrWhiteSpace(connectionString))
            return "is empty. Is its name right, and is it in the configuration of this environment?";
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 } ? null : "names no host.";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return $"is no connection string of Npgsql: {exception.Message}";
        }
    }

    private static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time <= Longest;

    private static bool IsUid(string uid) =>
        uid.Length is > 0 and <= MaxUidLength && uid != "emitter" && uid.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsJournal(string? tableName)
    {
        try
        {
            return !string.IsNullOrEmpty(tableName) && new JournalNames(tableName).Table.Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static bool IsChannel(string prefix)
    {
        try
        {
            ChannelName.Of(prefix, EventBusDefaults.Namespace);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
