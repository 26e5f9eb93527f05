using EventBus.Analyzers.Hosting;
using EventBus.Hosting;
using Microsoft.Extensions.Options;

namespace EventBus.Analyzers.Tests.Hosting;

public sealed class ContradictingOptionsTests
{
    /// <summary>One option each: its source text and its value.</summary>
    public static TheoryData<string, Action<EventBusOptions>> Options => new()
    {
        { "PayloadThreshold = 127", static options => options.PayloadThreshold = 127 },
        { "PayloadThreshold = 128", static options => options.PayloadThreshold = 128 },
        { "PayloadThreshold = 8000", static options => options.PayloadThreshold = 8000 },
        { "PayloadThreshold = 8 * 1024", static options => options.PayloadThreshold = 8 * 1024 },
        { "HeartbeatInterval = TimeSpan.FromMilliseconds(9)", static options => options.HeartbeatInterval = TimeSpan.FromMilliseconds(9) },
        {
            "HeartbeatInterval = TimeSpan.FromMilliseconds(10)",
            static options => options.HeartbeatInterval = TimeSpan.FromMilliseconds(10)
        },
        { "HeartbeatInterval = TimeSpan.FromDays(1)", static options => options.HeartbeatInterval = TimeSpan.FromDays(1) },
        { "HeartbeatInterval = TimeSpan.FromSeconds(10)", static options => options.HeartbeatInterval = TimeSpan.FromSeconds(10) },
        { "HeartbeatTimeout = TimeSpan.FromSeconds(5)", static options => options.HeartbeatTimeout = TimeSpan.FromSeconds(5) },
        { "HeartbeatTimeout = TimeSpan.FromSeconds(5.5)", static options => options.HeartbeatTimeout = TimeSpan.FromSeconds(5.5) },
        { "HeartbeatTimeout = TimeSpan.FromDays(2)", static options => options.HeartbeatTimeout = TimeSpan.FromDays(2) },
        { "HeartbeatTimeout = TimeSpan.MaxValue", static options => options.HeartbeatTimeout = TimeSpan.MaxValue },
        { "RequestsTimeout = TimeSpan.Zero", static options => options.RequestsTimeout = TimeSpan.Zero },
        { "RequestsTimeout = new TimeSpan(24, 0, 0)", static options => options.RequestsTimeout = new TimeSpan(24, 0, 0) },
        {
            "RequestsTimeout = new TimeSpan(seconds: 0, minutes: 0, hours: 25)",
            static options => options.RequestsTimeout = new TimeSpan(25, 0, 0)
        },
        { "RequestsTimeout = new TimeSpan(24, 0, 1)", static options => options.RequestsTimeout = new TimeSpan(24, 0, 1) },
        { "PublishTimeout = Timeout.InfiniteTimeSpan", static options => options.PublishTimeout = Timeout.InfiniteTimeSpan },
        { "StopTimeout = TimeSpan.Zero", static options => options.StopTimeout = TimeSpan.Zero },
        { "KeepAliveInterval = TimeSpan.FromMinutes(-1)", static options => options.KeepAliveInterval = TimeSpan.FromMinutes(-1) },
        { "KeepAliveInterval = TimeSpan.FromTicks(1)", static options => options.KeepAliveInterval = TimeSpan.FromTicks(1) },
        { "CleanupInterval = Timeout.InfiniteTimeSpan", static options => options.CleanupInterval = Timeout.InfiniteTimeSpan },
        { "CleanupInterval = TimeSpan.FromHours(25)", static options => options.CleanupInterval = TimeSpan.FromHours(25) },
        { "CleanupInterval = TimeSpan.Zero", static options => options.CleanupInterval = TimeSpan.Zero },
        { "PublishQueueMessages = 0", static options => options.PublishQueueMessages = 0 },
        { "PublishQueueBytes = -1", static options => options.PublishQueueBytes = -1 },
        { "ReceiveQueueMessages = 0", static options => options.ReceiveQueueMessages = 0 },
        { "AttachmentBytes = 0", static options => options.AttachmentBytes = 0 },
        { "SocketQueueEvents = 0", static options => options.SocketQueueEvents = 0 },
        { "SocketQueueEvents = 1", static options => options.SocketQueueEvents = 1 },
        { "SocketOverflowBytes = 0", static options => options.SocketOverflowBytes = 0 },
        { "ReceivePauseTimeout = TimeSpan.Zero", static options => options.ReceivePauseTimeout = TimeSpan.Zero },
        {
            "SlowSocketPolicy = SlowSocketPolicy.DropOldest",
            static options => options.SlowSocketPolicy = SlowSocketPolicy.DropOldest
        },
        { "SlowSocketPolicy = (SlowSocketPolicy)4", static options => options.SlowSocketPolicy = (SlowSocketPolicy)4 },
        { "SlowSocketPolicy = (SlowSocketPolicy)(-1)", static options => options.SlowSocketPolicy = (SlowSocketPolicy)(-1) },
        { "Uid = \"\"", static options => options.Uid = "" },
        { "Uid = \"node 1\"", static options => options.Uid = "node 1" },
        { "Uid = \"emitter\"", static options => options.Uid = "emitter" },
        { "Uid = \"Node_1-a\"", static options => options.Uid = "Node_1-a" },
        { "Uid = null", static options => options.Uid = null },
        { "ChannelPrefix = \"\"", static options => options.ChannelPrefix = "" },
        { "ChannelPrefix = \"a\\0\"", static options => options.ChannelPrefix = "a\0" },
        {
            "ChannelPrefix = \"ééééééééééééééééééééééééééééééa\"",
            static options => options.ChannelPrefix = "ééééééééééééééééééééééééééééééa"
        },
        {
            "ChannelPrefix = \"ééééééééééééééééééééééééééééééé\"",
            static options => options.ChannelPrefix = "ééééééééééééééééééééééééééééééé"
        },
        { "TableName = \"\"", static options => options.TableName = "" },
        { "JournalTable = \"\"", static options => options.JournalTable = "" },
        { "JournalTable = \"events.journal\"", static options => options.JournalTable = "events.journal" },
        { "JournalTable = \".journal\"", static options => options.JournalTable = ".journal" },
        { "JournalTable = \"events.\"", static options => options.JournalTable = "events." },
        {
            "JournalTable = \"ééééééééééééééééééééééééé\"",
            static options => options.JournalTable = "ééééééééééééééééééééééééé"
        },
        {
            "JournalTable = \"ééééééééééééééééééééééééée\"",
            static options => options.JournalTable = "ééééééééééééééééééééééééée"
        },
        { "JournalRetention = Timeout.InfiniteTimeSpan", static options => options.JournalRetention = Timeout.InfiniteTimeSpan },
        { "JournalRetention = TimeSpan.FromMinutes(9)", static options => options.JournalRetention = TimeSpan.FromMinutes(9) },
        { "JournalRetention = TimeSpan.FromMinutes(10)", static options => options.JournalRetention = TimeSpan.FromMinutes(10) },
        {
            "HeartbeatInterval = TimeSpan.FromSeconds(1), HeartbeatTimeout = TimeSpan.FromSeconds(3)",
            static options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3))
        },
        {
            "HeartbeatInterval = TimeSpan.FromSeconds(3), HeartbeatTimeout = TimeSpan.FromSeconds(3)",
            static options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3))
        },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public async Task Triggers_in_initializers_with_the_message_of_the_bus(string code, Action<EventBusOptions> set)
    {
        var options = new EventBusOptions();
        set(options);
        var diagnostics = await Analysis.AnalyzeAsync<ContradictingOptionsAnalyzer>(Analysis.Compile(
            $"using EventBus; public static class Program {{ public static object Make() => new EventBusOptions {{ {code} }}; }}",
            withEventBus: true));

        if (await IsValidAsync(options))
            Assert.Empty(diagnostics);
        else
            Assert.Single(diagnostics);
    }

    [Theory]
    [InlineData("[|options.PayloadThreshold = 100|];")]
    [InlineData("options.PayloadThreshold = 8000; [|options.PayloadThreshold = 8001|];")]
    [InlineData("options.HeartbeatInterval = TimeSpan.FromSeconds(10); [|options.HeartbeatTimeout = TimeSpan.FromSeconds(9)|];")]
    public Task Triggers_in_lambdas(string statements) => VerifyLambdaAsync(statements);

    [Theory]
    [InlineData("options.HeartbeatTimeout = TimeSpan.FromSeconds(1);")]
    [InlineData("options.PayloadThreshold = 8001; options.PayloadThreshold = 8000;")]
    [InlineData("options.PayloadThreshold = value;")]
    [InlineData("options.HeartbeatInterval = TimeSpan.FromSeconds(value); options.HeartbeatTimeout = TimeSpan.FromSeconds(1);")]
    [InlineData("if (value == 1) options.PayloadThreshold = 8001;")]
    [InlineData("var other = new Other(); other.PayloadThreshold = 0; other.HeartbeatTimeout = TimeSpan.Zero;")]
    public Task Does_not_trigger_in_lambdas(string statements) => VerifyLambdaAsync(statements);

    [Fact]
    public Task Does_not_trigger_on_values_that_are_no_constants() => Analysis.VerifyAsync<ContradictingOptionsAnalyzer>("""
        public static class Program
        {
            public static object Make(TimeSpan time) => new EventBusOptions {
                HeartbeatInterval = TimeSpan.FromSeconds(30), HeartbeatTimeout = time };
            public static object MakeToo(TimeSpan time) => new EventBusOptions {
                HeartbeatInterval = time, HeartbeatTimeout = TimeSpan.FromSeconds(1) };
        }
        """);

    [Theory]
    [InlineData("new TimeSpan(int.MaxValue, 0, 0)")]
    [InlineData("TimeSpan.FromDays(double.NaN)")]
    [InlineData("TimeSpan.FromDays(int.MinValue)")]
    public Task Does_not_trigger_on_infinite_or_unset_times(string time) => Analysis.VerifyAsync<ContradictingOptionsAnalyzer>(
        $"public static class Program {{ public static object Make() => new EventBusOptions {{ RequestsTimeout = {time} }}; }}");

    [Fact]
    public async Task Message_names_the_contradiction()
    {
        var messages = await Analysis.VerifyAsync<ContradictingOptionsAnalyzer>("""
            public static class Program
            {
                public static object One() => new EventBusOptions { [|HeartbeatInterval = TimeSpan.FromSeconds(20)|] };
                public static object Two() => new EventBusOptions { [|HeartbeatTimeout = TimeSpan.FromSeconds(3)|] };
            }
            """);

        Assert.Equal("'HeartbeatInterval' is '00:00:20', but HeartbeatTimeout, by default 00:00:10, must exceed it", messages[0]);
        Assert.Equal("'HeartbeatTimeout' is '00:00:03', but must exceed HeartbeatInterval, which is 00:00:05", messages[1]);
    }

    private static async Task VerifyLambdaAsync(string statements) => await Analysis.VerifyAsync<ContradictingOptionsAnalyzer>($$"""
        public class Other { public int PayloadThreshold { get; set; } public TimeSpan HeartbeatTimeout { get; set; } }

        public static class Program
        {
            public static void Configure(Action<EventBusOptions> configure) { }
            public static void Run(int value) => Configure(options => { {{statements}} });
        }
        """);

    private static async Task<bool> IsValidAsync(EventBusOptions options)
    {
        try
        {
            await using var publisher = EventBusPublisher.Create(new InMemoryCluster(), options);
            return true;
        }
        catch (OptionsValidationException)
        {
            return false;
        }
    }
}
