using System.Text.Json;

namespace EventBus.InteropTests.Conformance;

/// <summary>What subscribers of the conformance node answer, and when.</summary>
public sealed class ReplyTests(PostgresFixture postgres)
{
    private readonly string _prefix = PostgresFixture.NewPrefix();

    [Fact(Timeout = 120_000)]
    public async Task Slow_reply_delays_neither_events_nor_other_replies()
    {
        const int questions = 6;
        await using var asker = await StartAsync();
        await using var node = await StartAsync();
        await node.AskAsync("subscribe", """{"socket":"a","reply":"slow","delayMs":2000}""");
        await WhenCountedAsync(asker, 2);

        // One after the other they would take 12 seconds.
        var asking = Enumerable.Range(0, questions).Select(_ => asker.AskAsync("emitWithAck", """{"event":"ask","timeoutMs":10000}""")).ToArray();
        await asker.AskAsync("emit", """{"event":"meanwhile"}""");
        await node.WaitForAsync("a", "meanwhile");
        Assert.DoesNotContain(asking, static task => task.IsCompleted);

        foreach (var task in asking)
            Assert.Equal("""{"responses":["slow"],"expected":1,"timedOut":false}""", (await task).GetRawText());
        Assert.Equal(Enumerable.Repeat("/ ask []", questions).Append("/ meanwhile []"), node.Received("a"));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("stop")]
    [InlineData("unsubscribe")]
    public async Task Reply_of_a_disconnected_socket_is_not_awaited(string op)
    {
        await using var asker = await StartAsync();
        await using var node = await StartAsync();
        await node.AskAsync("subscribe", """{"socket":"a","reply":"never","delayMs":600000}""");
        await WhenCountedAsync(asker, 2);

        var asking = asker.AskAsync("emitWithAck", """{"event":"ask","timeoutMs":2000}""");
        await node.WaitForAsync("a", "ask");
        await node.AskAsync(op, """{"socket":"a"}""");

        Assert.Equal("[]", (await asking).GetProperty("responses").GetRawText());
        if (op == "stop")
            Assert.Equal(0, await node.Process.WaitForExitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 120_000)]
    public async Task Reply_of_null_is_an_ack_and_an_absent_reply_is_none()
    {
        await using var node = await StartAsync();
        await node.AskAsync("subscribe", """{"socket":"null","rooms":["null"],"reply":null}""");
        await node.AskAsync("subscribe", """{"socket":"silent","rooms":["silent"],"delayMs":1}""");

        Assert.Equal("""{"responses":[null],"expected":1,"timedOut":false}""", await AskAsync("null", 10_000));
        Assert.Equal("""{"responses":[],"expected":1,"timedOut":true}""", await AskAsync("silent", 100));

        async Task<string> AskAsync(string room, int timeoutMs) =>
            (await node.AskAsync("emitWithAck", $$"""{"event":"ask","rooms":["{{room}}"],"timeoutMs":{{timeoutMs}}}""")).GetRawText();
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(postgres, _prefix, TestContext.Current.CancellationToken, arguments);

    private static Task WhenCountedAsync(ConformanceProcess node, int nodes) => node.WhenAsync("serverCount", count => count.ValueKind == JsonValueKind.Number && count.GetInt32() == nodes);
}
