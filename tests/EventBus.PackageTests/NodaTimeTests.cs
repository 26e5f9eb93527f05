namespace EventBus.PackageTests;

/// <summary>The formatters of docs/guides/nodatime.md in a project with the package NodaTime.</summary>
public sealed class NodaTimeTests(PackedFixture packed)
{
    private const string Contract = """
        using EventBus;
        using NodaTime;

        namespace Shop;

        [BroadcastEvent]
        public interface IOrderEvents
        {
            ValueTask Planned(Instant at, Plan plan, IReadOnlyList<LocalDate> days, byte[]? photograph);
        }

        public sealed record Plan(LocalTime Opens, LocalDateTime? Ends, OffsetDateTime Calls, Duration Lasts);
        """;

    private const string Program = """
        using EventBus;
        using EventBus.Hosting;
        using NodaTime;
        using Shop;

        var cluster = new InMemoryCluster();
        await using var bus = await EventBusNode.StartAsync(cluster);
        await using var publisher = EventBusPublisher.Create(cluster);
        var handler = new OrderHandler();
        await bus.AddHandlerAsync<IOrderEvents>(handler);
        await using var socket = await bus.Of().ConnectAsync(new SocketOptions(), socket => socket.On("planned", handler.Log));

        var at = Instant.FromUnixTimeTicks(-1).PlusNanoseconds(-1);
        var day = new LocalDate(2026, 11, 22);
        var time = new LocalTime(12, 34, 56).PlusNanoseconds(123_456_789);
        var plan = new Plan(time, day + time, (day + time).WithOffset(Offset.FromHours(2)), Duration.FromNanoseconds(-1));
        LocalDate[] days = [day, day.WithCalendar(CalendarSystem.Julian)];

        // Inline first, then attached, because of the binary.
        foreach (var photograph in new byte[]?[] { null, [1] })
        {
            await publisher.Emitter<IOrderEvents>().Planned(at, plan, days, photograph);
            var (readAt, readPlan, readDays) = await handler.NextAsync();
            Console.WriteLine($"{readAt == at} {readPlan == plan} {readDays.SequenceEqual(days)}");
            Console.WriteLine(await handler.NextLineAsync());
        }
        """;

    private const string Handler = """
        using System.Threading.Channels;
        using EventBus;
        using NodaTime;

        namespace Shop;

        internal sealed class OrderHandler : IOrderEvents
        {
            private readonly Channel<(Instant, Plan, IReadOnlyList<LocalDate>)> _events =
                Channel.CreateUnbounded<(Instant, Plan, IReadOnlyList<LocalDate>)>();

            private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

            public ValueTask<(Instant, Plan, IReadOnlyList<LocalDate>)> NextAsync() => _events.Reader.ReadAsync();

            public ValueTask<string> NextLineAsync() => _lines.Reader.ReadAsync();

            public ValueTask Log(IReadOnlyList<EventValue> arguments) =>
                _lines.Writer.WriteAsync(string.Join(" ", arguments.Take(3)));

            public ValueTask Planned(Instant at, Plan plan, IReadOnlyList<LocalDate> days, byte[]? photograph) =>
                _events.Writer.WriteAsync((at, plan, days));
        }
        """;

    private const string Line =
        """
        "1969-12-31T23:59:59.999999899Z" {"opens":"12:34:56.123456789","ends":"2026-11-22T12:34:56.123456789 (ISO)",
        "calls":"2026-11-22T12:34:56.123456789+02 (ISO)","lasts":"-0:00:00:00.000000001"} ["2026-11-22 (ISO)","2026-11-09 (Julian)"]
        """;

    [Fact]
    public async Task Sample_of_the_page_sends_every_type()
    {
        using var project = ConsumerProject.Create(packed);
        project.AddPackage("NodaTime", "3.3.7");
        project.Write("NodaTime.cs", await CodeOfPageAsync());
        project.Write("IOrderEvents.cs", Contract);
        project.Write("OrderHandler.cs", Handler);
        project.Write("Program.cs", Program);

        var build = (await project.BuildAsync("TreatWarningsAsErrors=true", "AnalysisLevel=latest-recommended")).Succeeded();

        Assert.Contains("0 Warning(s)", build, StringComparison.Ordinal);
        var line = Line.ReplaceLineEndings("");
        Assert.Equal(
            ["True True True", line, "True True True", line],
            (await project.RunAsync("bin/Debug/net10.0/Consumer.dll")).Succeeded().Trim().Split('\n').Select(static text => text.Trim()));
    }

    private static async Task<string> CodeOfPageAsync()
    {
        var page = await File.ReadAllTextAsync(
            Path.Combine(Metadata.Root, "docs", "guides", "nodatime.md"), TestContext.Current.CancellationToken);
        return page.Split("```csharp")[1].Split("```")[0];
    }
}
