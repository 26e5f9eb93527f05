using Microsoft.Extensions.Options;

namespace EventBus.Hosting;

/// <summary>Checks <see cref="EventBusOptions"/>; every failure names the option, what is wrong with it and what it may be.</summary>
internal sealed class EventBusOptionsValidator : IValidateOptions<EventBusOptions>
{
    private const int MaxUidLength = 64;
    private const int LeastPayloadThreshold = 128;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LeastHeartbeatInterval = TimeSpan.FromMilliseconds(10);

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
        void Require(bool holds, string option, object? value, string rule)
        {
            if (!holds)
                result.AddError($"is '{value}', but {rule}.", option);
        }

        Require(options.Uid is null || IsUid(options.Uid), nameof(options.Uid), options.Uid, $"must be 1 to {MaxUidLength} letters, digits, '-' or '_' of ASCII, and not 'emitter'");
        Require(IsChannel(options.ChannelPrefix), nameof(options.ChannelPrefix), options.ChannelPrefix, "must make a channel name of at most 63 bytes of UTF-8 ('prefix#/'), without NUL and lone surrogates");
        Require(!string.IsNullOrEmpty(options.TableName), nameof(options.TableName), options.TableName, "must be 'table' or 'schema.table'");
        Require(options.PayloadThreshold is >= LeastPayloadThreshold and <= EventBusDefaults.PayloadThreshold, nameof(options.PayloadThreshold), options.PayloadThreshold,
            $"must be {LeastPayloadThreshold} to {EventBusDefaults.PayloadThreshold} bytes, PostgreSQL's limit");
        RequirePositive(options.RequestsTimeout, nameof(options.RequestsTimeout));
        Require(options.HeartbeatInterval >= LeastHeartbeatInterval, nameof(options.HeartbeatInterval), options.HeartbeatInterval, $"must be at least {LeastHeartbeatInterval}");
        Require(options.HeartbeatTimeout > options.HeartbeatInterval && options.HeartbeatTimeout <= Longest, nameof(options.HeartbeatTimeout), options.HeartbeatTimeout,
            $"must exceed {nameof(options.HeartbeatInterval)} and be at most {Longest}");
        Require((options.CleanupInterval > TimeSpan.Zero && options.CleanupInterval <= Longest) || options.CleanupInterval == Timeout.InfiniteTimeSpan, nameof(options.CleanupInterval), options.CleanupInterval,
            $"must be positive and at most {Longest}, or Timeout.InfiniteTimeSpan to remove nothing");
        RequirePositive(options.PublishTimeout, nameof(options.PublishTimeout));
        RequirePositive(options.KeepAliveInterval, nameof(options.KeepAliveInterval));
        Require(options.PublishQueueMessages > 0, nameof(options.PublishQueueMessages), options.PublishQueueMessages, "must be positive");
        Require(options.PublishQueueBytes > 0, nameof(options.PublishQueueBytes), options.PublishQueueBytes, "must be positive");
        Require(options.ReceiveQueueMessages > 0, nameof(options.ReceiveQueueMessages), options.ReceiveQueueMessages, "must be positive");
        Require(options.AttachmentBytes > 0, nameof(options.AttachmentBytes), options.AttachmentBytes, "must be positive");
        Require(options.SocketQueueEvents > 0, nameof(options.SocketQueueEvents), options.SocketQueueEvents, "must be positive");
        Require(options.SocketOverflowBytes > 0, nameof(options.SocketOverflowBytes), options.SocketOverflowBytes, "must be positive");
        RequirePositive(options.ReceivePauseTimeout, nameof(options.ReceivePauseTimeout));
        return result.Build();

        void RequirePositive(TimeSpan value, string option) => Require(value > TimeSpan.Zero && value <= Longest, option, value, $"must be positive and at most {Longest}");
    }

    private static bool IsUid(string uid) =>
        uid.Length is > 0 and <= MaxUidLength && uid != "emitter" && uid.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static bool IsChannel(string prefix)
    {
        try
        {
            Wire.ChannelName.Of(prefix, EventBusDefaults.Namespace);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
