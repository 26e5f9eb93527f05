using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Conformance;

/// <summary>The conformance node's <c>emitInTransaction</c>.</summary>
public sealed class TransactionTests(PostgresFixture postgres)
{
    private readonly string _prefix = PostgresFixture.NewPrefix();

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Committed_events_arrive_and_rolled_back_ones_do_not(bool isEmitter)
    {
        await using var sender = isEmitter ? await StartAsync("--emitter") : await StartAsync();
        await using var receiver = await StartAsync();
        await receiver.SendAsync("subscribe", """{"socket":"a","rooms":["r1"]}""");

        await sender.SendAsync(
            "emitInTransaction", """{"commit":false,"events":[{"event":"never"},{"event":"never","args":[{"$bin":"00"}]}]}""");
        await sender.SendAsync(
            "emitInTransaction",
            """{"commit":true,"delayMs":1,"events":[{"event":"e"},{"event":"e"},{"rooms":["r1"]"""
            + ""","event":"binary","args":[{"$bin":"00ff"}]},{"rooms":["r2"],"event":"elsewhere"}]}""");
        await sender.SendAsync("emitInTransaction", """{"nsp":"/","commit":true,"events":[{"event":"end"}]}""");
        await receiver.WaitForAsync("a", "end");

        Assert.Equal(["/ e []", "/ e []", "/ binary [{\"$bin\":\"00ff\"}]", "/ end []"], receiver.Received("a"));
        Assert.DoesNotContain(
            receiver.Lines.Reports.All, static report => ReportLog.IsOf(report, "gap") || ReportLog.IsOf(report, "error"));
    }

    [Theory(Timeout = 120_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_committed_events_count_as_published(bool isEmitter)
    {
        await using var sender = isEmitter ? await StartAsync("--emitter") : await StartAsync();
        await sender.SendAsync("emit", """{"event":"outside"}""");
        await sender.SendAsync("emitInTransaction", """{"commit":false,"events":[{"event":"never"},{"event":"never"}]}""");
        await Assert.ThrowsAsync<CommandFailedException>(
            () => sender.SendAsync("emitInTransaction", """{"commit":true,"events":[{"event":"e"},{"event":"connect"}]}"""));
        Assert.Equal(1, await PublishedAsync());
        await sender.SendAsync(
            "emitInTransaction", """{"commit":true,"events":[{"event":"e"},{"event":"e"},{"event":"binary","args":[{"$bin":"00ff"}]}]}""");
        Assert.Equal(4, await PublishedAsync());

        async Task<long> PublishedAsync() => (await sender.SendAsync("status")).GetProperty("published").GetInt64();
    }

    [Fact(Timeout = 120_000)]
    public async Task Stop_lets_transactions_end()
    {
        await using var receiver = await StartAsync();
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");
        await using var sender = await StartAsync();
        var result = sender.SendAsync("emitInTransaction", """{"commit":true,"delayMs":200,"events":[{"event":"late"}]}""");
        Assert.Equal(0, await sender.StopAsync());
        await result;
        await receiver.WaitForAsync("a", "late");
    }

    [Theory(Timeout = 120_000)]
    [InlineData("{}")]
    [InlineData("""{"commit":true}""")]
    [InlineData("""{"commit":1,"events":[]}""")]
    [InlineData("""{"commit":true,"delayMs":-1,"events":[]}""")]
    [InlineData("""{"commit":true,"events":[7]}""")]
    [InlineData("""{"commit":true,"events":[{"event":"connect"}]}""")]
    public async Task Mistyped_fields_are_rejected(string fields)
    {
        await using var node = await StartAsync();
        var failure = await Assert.ThrowsAsync<CommandFailedException>(() => node.SendAsync("emitInTransaction", fields));
        Assert.Equal("InvalidArgument", failure.Type);
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(postgres, _prefix, TestContext.Current.CancellationToken, arguments);
}
