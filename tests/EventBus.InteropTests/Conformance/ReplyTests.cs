namespace EventBus.InteropTests.Conformance;

/// <summary>The replies of the conformance node's subscribers, and their time.</summary>
public sealed class ReplyTests(PostgresFixture postgres)
{
    private readonly string _prefix = PostgresFixture.NewPrefix();

    [Fact(Timeout = 120_000)]
    public async Task Slow_reply_delays_neither_events_nor_other_replies()
    {
        const int requestCount = 6;
        await using var sender = await StartAsync();
        await using var node = await StartAsync();
        await node.SendAsync("subscribe", """{"socket":"a","rooms":["slow"],"reply":"slow","delayMs":2000}""");
        await node.SendAsync("subscribe", """{"socket":"b","rooms":["pending"],"reply":"pending","delayMs":600000}""");
        await sender.WhenCountsAsync(2);

        // In sequence the slow replies would take 12 seconds. The pending one comes after the test.
        var pending = sender.SendAsync("emitWithAck", """{"event":"ask","rooms":["pending"],"timeoutMs":600000}""");
        var requests = Enumerable.Range(0, requestCount)
            .Select(_ => sender.SendAsync("emitWithAck", """{"event":"ask","rooms":["slow"],"timeoutMs":10000}"""))
            .ToArray();
        await sender.SendAsync("emit", """{"event":"meanwhile"}""");
        await node.WaitForAsync("a", "meanwhile");
        await node.WaitForAsync("b", "meanwhile");

        foreach (var task in requests)
            Assert.Equal("""{"responses":["slow"],"expected":1,"timedOut":false}""", (await task).GetRawText());
        Assert.False(pending.IsCompleted);
        Assert.Equal(Enumerable.Repeat("/ ask []", requestCount).Append("/ meanwhile []"), node.Received("a"));
        Assert.Equal(["/ ask []", "/ meanwhile []"], node.Received("b"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("stop")]
    [InlineData("unsubscribe")]
    public async Task Reply_of_a_disconnected_socket_is_not_awaited(string op)
    {
        await using var sender = await StartAsync();
        await using var node = await StartAsync();
        await node.SendAsync("subscribe", """{"socket":"a","reply":"never","delayMs":600000}""");
        await sender.WhenCountsAsync(2);

        var requests = sender.SendAsync("emitWithAck", """{"event":"ask","timeoutMs":2000}""");
        await node.WaitForAsync("a", "ask");
        await node.SendAsync(op, """{"socket":"a"}""");

        Assert.Equal("[]", (await requests).GetProperty("responses").GetRawText());
        if (op == "stop")
            Assert.Equal(0, await node.Process.WaitForExitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task Reply_of_null_is_an_ack_and_an_absent_reply_is_none()
    {
        await using var node = await StartAsync();
        await node.SendAsync("subscribe", """{"socket":"null","rooms":["null"],"reply":null}""");
        await node.SendAsync("subscribe", """{"socket":"silent","rooms":["silent"],"delayMs":1}""");

        Assert.Equal("""{"responses":[null],"expected":1,"timedOut":false}""", await SendAsync("null", 10_000));
        Assert.Equal("""{"responses":[],"expected":1,"timedOut":true}""", await SendAsync("silent", 100));

        async Task<string> SendAsync(string room, int timeoutMs) =>
            (await node.SendAsync("emitWithAck", $$"""{"event":"ask","rooms":["{{room}}"],"timeoutMs":{{timeoutMs}}}""")).GetRawText();
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(postgres, _prefix, TestContext.Current.CancellationToken, arguments);
}
