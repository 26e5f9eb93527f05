#pragma warning disable EVB3003 // The tests set values that the rule warns about.
using System.Globalization;
using EventBus.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace EventBus.Tests.Hosting;

public sealed class EventBusOptionsValidatorTests
{
    public static TheoryData<string, Action<EventBusOptions>> Invalid => new()
    {
        { nameof(EventBusOptions.Uid), o => o.Uid = "" },
        { nameof(EventBusOptions.Uid), o => o.Uid = "emitter" },
        { nameof(EventBusOptions.Uid), o => o.Uid = "a b" },
        { nameof(EventBusOptions.Uid), o => o.Uid = new string('a', 65) },
        { nameof(EventBusOptions.ChannelPrefix), o => o.ChannelPrefix = "" },
        { nameof(EventBusOptions.ChannelPrefix), o => o.ChannelPrefix = new string('é', 31) },
        { nameof(EventBusOptions.ChannelPrefix), o => o.ChannelPrefix = "a\0" },
        { nameof(EventBusOptions.TableName), o => o.TableName = "" },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = "" },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = null! },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = "events." },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = ".journal" },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = new string('j', 51) },
        { nameof(EventBusOptions.JournalTable), o => o.JournalTable = "a\0" },
        { nameof(EventBusOptions.JournalRetention), o => o.JournalRetention = TimeSpan.FromMinutes(9) },
        { nameof(EventBusOptions.JournalRetention), o => o.JournalRetention = TimeSpan.FromDays(10_001) },
        { nameof(EventBusOptions.PayloadThreshold), o => o.PayloadThreshold = 8001 },
        { nameof(EventBusOptions.PayloadThreshold), o => o.PayloadThreshold = 127 },
        { nameof(EventBusOptions.RequestsTimeout), o => o.RequestsTimeout = TimeSpan.Zero },
        { nameof(EventBusOptions.HeartbeatInterval), o => o.HeartbeatInterval = TimeSpan.FromMilliseconds(9) },
        { nameof(EventBusOptions.HeartbeatTimeout), o => o.HeartbeatTimeout = o.HeartbeatInterval },
        { nameof(EventBusOptions.CleanupInterval), o => o.CleanupInterval = TimeSpan.Zero },
        { nameof(EventBusOptions.PublishTimeout), o => o.PublishTimeout = TimeSpan.FromTicks(-1) },
        { nameof(EventBusOptions.PublishTimeout), o => o.PublishTimeout = TimeSpan.MaxValue },
        { nameof(EventBusOptions.HeartbeatTimeout), o => o.HeartbeatTimeout = TimeSpan.FromDays(2) },
        { nameof(EventBusOptions.CleanupInterval), o => o.CleanupInterval = TimeSpan.FromDays(2) },
        { nameof(EventBusOptions.StopTimeout), o => o.StopTimeout = TimeSpan.Zero },
        { nameof(EventBusOptions.StopTimeout), o => o.StopTimeout = Timeout.InfiniteTimeSpan },
        { nameof(EventBusOptions.KeepAliveInterval), o => o.KeepAliveInterval = TimeSpan.Zero },
        { nameof(EventBusOptions.PublishQueueMessages), o => o.PublishQueueMessages = 0 },
        { nameof(EventBusOptions.PublishQueueBytes), o => o.PublishQueueBytes = -1 },
        { nameof(EventBusOptions.PublishWaitingBytes), o => o.PublishWaitingBytes = 0 },
        { nameof(EventBusOptions.ReceiveQueueMessages), o => o.ReceiveQueueMessages = 0 },
        { nameof(EventBusOptions.AttachmentBytes), o => o.AttachmentBytes = 0 },
        { nameof(EventBusOptions.SocketQueueEvents), o => o.SocketQueueEvents = 0 },
        { nameof(EventBusOptions.SocketOverflowBytes), o => o.SocketOverflowBytes = 0 },
        { nameof(EventBusOptions.Journal), o => o.Journal = (JournalScope)2 },
        { nameof(EventBusOptions.SlowSocketPolicy), o => o.SlowSocketPolicy = (SlowSocketPolicy)4 },
        { nameof(EventBusOptions.ListenerConnectionString), o => o.ListenerConnectionString = " " },
        { nameof(EventBusOptions.ListenerConnectionString), o => o.ListenerConnectionString = "Host=a;Prt=5432" },
        { nameof(EventBusOptions.ListenerConnectionString), o => o.ListenerConnectionString = "Database=a;Username=b" },
        { nameof(EventBusOptions.ReceivePauseTimeout), o => o.ReceivePauseTimeout = TimeSpan.Zero },
        { nameof(EventBusOptions.ReceivePauseTimeout), o => o.ReceivePauseTimeout = TimeSpan.FromDays(2) },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Validate_names_the_invalid_option(string option, Action<EventBusOptions> change)
    {
        var options = new EventBusOptions();
        change(options);
        var exception = Assert.Throws<OptionsValidationException>(() => EventBusOptionsValidator.ThrowIfInvalid(options));
        Assert.StartsWith($"Property {option}: ", Assert.Single(exception.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_rejects_two_listeners_and_shows_no_password()
    {
        await using var dataSource = NpgsqlDataSource.Create("Host=a");
        var options = new EventBusOptions { ListenerConnectionString = "Host=b;Password=secret" }.UseListener(dataSource);
        var exception = Assert.Throws<OptionsValidationException>(() => EventBusOptionsValidator.ThrowIfInvalid(options));
        Assert.Contains("UseListener", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_accepts_the_defaults_and_the_bounds()
    {
        EventBusOptionsValidator.ThrowIfInvalid(new EventBusOptions());
        EventBusOptionsValidator.ThrowIfInvalid(new EventBusOptions
        {
            Uid = new string('a', 64),
            ChannelPrefix = new string('p', 61),
            JournalTable = $"{new string('s', 63)}.{new string('é', 25)}",
            JournalRetention = Timeout.InfiniteTimeSpan,
            PayloadThreshold = 128,
            CleanupInterval = Timeout.InfiniteTimeSpan,
            HeartbeatInterval = TimeSpan.FromMilliseconds(10),
        });
    }

    /// <summary>The configuration reads "5" as 5 days.</summary>
    [Theory]
    [InlineData(nameof(EventBusOptions.HeartbeatInterval))]
    [InlineData(nameof(EventBusOptions.HeartbeatTimeout))]
    [InlineData(nameof(EventBusOptions.PublishTimeout))]
    [InlineData(nameof(EventBusOptions.CleanupInterval))]
    public void Validate_explains_a_number_of_days_that_was_meant_as_seconds(string option)
    {
        var options = new EventBusOptions();
        typeof(EventBusOptions).GetProperty(option)!.SetValue(options, TimeSpan.Parse("5", CultureInfo.InvariantCulture));
        var exception = Assert.Throws<OptionsValidationException>(() => EventBusOptionsValidator.ThrowIfInvalid(options));
        var failure = Assert.Single(exception.Failures);
        Assert.StartsWith($"Property {option}: ", failure, StringComparison.Ordinal);
        Assert.Contains("\"5\" is 5 days, and \"00:00:05\" is 5 seconds", failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_lists_all_invalid_options()
    {
        var exception = Assert.Throws<OptionsValidationException>(() =>
            EventBusOptionsValidator.ThrowIfInvalid(new EventBusOptions { TableName = "", PayloadThreshold = 1 }));
        Assert.Equal(2, exception.Failures.Count());
    }
}
