using System.Text.Json;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Conformance;

/// <summary>The commands of the conformance node, with two nodes.</summary>
public sealed class CommandTests(PostgresFixture postgres)
{
    private readonly string _prefix = PostgresFixture.NewPrefix();

    [Fact(Timeout = 120_000)]
    public async Task Emit_reaches_rooms_excepted_rooms_and_namespaces()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await first.SendAsync("subscribe", """{"socket":"a","rooms":["r1"]}""");
        await first.SendAsync("subscribe", """{"socket":"chat","nsp":"/chat","rooms":["r1"]}""");
        await second.SendAsync("subscribe", """{"socket":"b","rooms":["r1","r2"],"data":{"name":"b"}}""");
        await second.SendAsync("subscribe", """{"socket":"c"}""");

        await first.SendAsync("emit", """{"event":"all","args":[1,"é茶",null,{"a":[true]}]}""");
        await first.SendAsync("emit", """{"event":"room","rooms":["r1"]}""");
        await first.SendAsync("emit", """{"event":"union","rooms":["r1","r2"],"flags":{"volatile":true,"compress":false}}""");
        await first.SendAsync("emit", """{"event":"except","rooms":["r1"],"except":["r2"]}""");
        await first.SendAsync("emit", """{"event":"binary","rooms":["r2"],"args":[{"$bin":"00ff"},{"$bin":"00","x":1},{"$bin":7}]}""");
        await second.SendAsync("emit", """{"nsp":"/chat","event":"chat","rooms":["r1"]}""");
        await first.SendAsync("emit", """{"event":"local","flags":{"local":true}}""");
        await first.SendAsync("emit", """{"event":"end"}""");
        await Task.WhenAll(
            first.WaitForAsync("a", "end"),
            first.WaitForAsync("chat", "chat"),
            second.WaitForAsync("b", "end"),
            second.WaitForAsync("c", "end"));

        Assert.Equal(
            ["/ all [1,\"é茶\",null,{\"a\":[true]}]", "/ room []", "/ union []", "/ except []", "/ local []", "/ end []"],
            first.Received("a"));
        Assert.Equal(["/chat chat []"], first.Received("chat"));
        Assert.Equal(
            [
                "/ all [1,\"é茶\",null,{\"a\":[true]}]", "/ room []", "/ union []",
                "/ binary [{\"$bin\":\"00ff\"},{\"$bin\":\"00\",\"x\":1},{\"$bin\":7}]", "/ end []",
            ],
            second.Received("b"));
        Assert.Equal(["/ all [1,\"é茶\",null,{\"a\":[true]}]", "/ end []"], second.Received("c"));
    }

    [Fact(Timeout = 120_000)]
    public async Task Sockets_join_leave_and_unsubscribe()
    {
        await using var node = await StartAsync();
        var id = (await node.SendAsync("subscribe", """{"socket":"a"}""")).GetProperty("socketId").GetString();
        await node.SendAsync("subscribe", """{"socket":"b"}""");

        await node.SendAsync("join", """{"socket":"a","rooms":["r1","r2"]}""");
        await node.SendAsync("emit", """{"event":"joined","rooms":["r2"]}""");
        await node.SendAsync("leave", """{"socket":"a","rooms":["r2"]}""");
        await node.SendAsync("emit", """{"event":"left","rooms":["r2"]}""");
        await node.SendAsync("emit", """{"event":"stayed","rooms":["r1"]}""");
        await node.SendAsync("emit", $$"""{"event":"direct","rooms":["{{id}}"]}""");
        await node.WaitForAsync("a", "direct");
        Assert.Null((await node.SendAsync("unsubscribe", """{"socket":"a"}""")).GetString());
        await node.SendAsync("emit", """{"event":"late"}""");
        await node.WaitForAsync("b", "late");

        Assert.Equal(["/ joined []", "/ stayed []", "/ direct []"], node.Received("a"));
        Assert.Equal(["/ late []"], node.Received("b"));
        var disconnected = Assert.Single(node.Lines.Reports.All, static report => ReportLog.IsOf(report, "disconnected"));
        Assert.Equal("a", disconnected.GetProperty("socket").GetString());
        await node.SendAsync("subscribe", """{"socket":"a"}""");
    }

    [Fact(Timeout = 120_000)]
    public async Task Emit_keeps_the_order_of_the_commands()
    {
        const int count = 300;
        await using var receiver = await StartAsync();
        await receiver.SendAsync("subscribe", """{"socket":"a"}""");
        await using var sender = await StartAsync("--emitter");

        // No emit awaits another; each fifth is an attachment.
        var large = new string('x', 9000);
        await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
            sender.SendAsync("emit", $$"""{"event":"e","args":[{{number}},"{{(number % 5 == 0 ? large : "")}}"]}""")));
        await sender.SendAsync("emit", """{"event":"end"}""");
        await receiver.WaitForAsync("a", "end");

        Assert.Equal(
            [.. Enumerable.Range(0, count).Select(number => $"/ e [{number},\"{(number % 5 == 0 ? large : "")}\"]"), "/ end []"],
            receiver.Received("a"));
        await receiver.WhenReceivedAsync(count + 1);
        var status = await receiver.SendAsync("status");
        Assert.Equal($$"""{"state":"connected","published":0,"received":{{count + 1}},"lost":0,"dropped":0}""", status.GetRawText());
        status = await sender.SendAsync("status");
        Assert.Equal($$"""{"state":"connected","published":{{count + 1}},"received":0,"lost":0,"dropped":0}""", status.GetRawText());
    }

    [Fact(Timeout = 120_000)]
    public async Task Emitter_has_the_uid_emitter_and_receives_nothing()
    {
        await using var emitter = await StartAsync("--emitter");

        Assert.Equal("""{"event":"ready","uid":"emitter"}""", emitter.Lines.Reports.All[0].GetRawText());
        await AssertFailsAsync(emitter, "Unsupported", "subscribe", """{"socket":"a"}""");
        await AssertFailsAsync(emitter, "Unsupported", "serverCount", "{}");
        Assert.Equal(0, await emitter.StopAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Failed_commands_return_the_type_of_the_exception()
    {
        await using var node = await StartAsync();
        await node.SendAsync("subscribe", """{"socket":"a"}""");

        await AssertFailsAsync(node, "InvalidArgument", "subscribe", """{"socket":"a"}""");
        await AssertFailsAsync(node, "InvalidArgument", "subscribe", "{}");
        await AssertFailsAsync(node, "InvalidArgument", "subscribe", """{"socket":"b","rooms":"r1"}""");
        await AssertFailsAsync(node, "InvalidArgument", "join", """{"socket":"nobody","rooms":["r1"]}""");
        await AssertFailsAsync(node, "InvalidArgument", "unsubscribe", """{"socket":"nobody"}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", "{}");
        await AssertFailsAsync(node, "InvalidArgument", "emit", """{"event":""}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", """{"event":7}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", """{"event":"e","args":{}}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", """{"event":"e","flags":{"timeout":1}}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", """{"event":"e","flags":{"volatile":1}}""");
        await AssertFailsAsync(node, "InvalidArgument", "emit", $$"""{"event":"e","nsp":"/{{new string('n', 80)}}"}""");
        foreach (var reserved in (string[])["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"])
            await AssertFailsAsync(node, "InvalidArgument", "emit", $$"""{"event":"{{reserved}}"}""");
        await AssertFailsAsync(node, "Unsupported", "nonsense", "{}");

        Assert.Empty(node.Received("a"));
        await node.SendAsync("subscribe", """{"socket":"b"}""");
    }

    [Fact(Timeout = 120_000)]
    public async Task Socket_commands_work_on_every_node()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var emitter = await StartAsync("--emitter");
        await first.SendAsync("subscribe", """{"socket":"a","rooms":["all"]}""");
        var id = (await second.SendAsync("subscribe", """{"socket":"b","rooms":["all"],"data":{"bin":{"$bin":"00ff"}}}"""))
            .GetProperty("socketId")
            .GetString();

        await first.WhenCountsAsync(2);
        await first.SendAsync("socketsJoin", """{"rooms":["all"],"targets":["r1","r2"]}""");
        await first.SendAsync("socketsLeave", """{"targets":["r2"]}""");
        var fetched = await first.SendAsync("fetchSockets", """{"rooms":["r1"],"timeoutMs":30000}""");
        Assert.Equal("[]", fetched.GetProperty("missing").GetRawText());
        Assert.Equal(2, fetched.GetProperty("sockets").GetArrayLength());
        Assert.Contains(
            $$"""{"id":"{{id}}","rooms":["{{id}}","all","r1"],"data":{"bin":{"$bin":"00ff"}""",
            fetched.GetProperty("sockets").GetRawText(),
            StringComparison.Ordinal);
        Assert.Equal(1, (await first.SendAsync("fetchSockets", """{"local":true}""")).GetProperty("sockets").GetArrayLength());
        fetched = await first.SendAsync("fetchSockets", """{"rooms":["r2"],"timeoutMs":30000}""");
        Assert.Equal(0, fetched.GetProperty("sockets").GetArrayLength());

        await emitter.SendAsync("socketsJoin", """{"targets":["r3"]}""");
        await emitter.SendAsync("socketsLeave", $$"""{"except":["{{id}}"],"targets":["r3"]}""");
        await emitter.SendAsync("disconnectSockets", """{"except":["r3"],"close":true}""");
        await emitter.SendAsync("emit", """{"event":"end","rooms":["r3"]}""");
        await second.WaitForAsync("b", "end");
        Assert.Equal(1, (await second.SendAsync("fetchSockets", "{}")).GetProperty("sockets").GetArrayLength());
        await AssertFailsAsync(emitter, "Unsupported", "fetchSockets", "{}");
    }

    [Fact(Timeout = 120_000)]
    public async Task EmitWithAck_returns_the_replies_of_sockets()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var emitter = await StartAsync("--emitter");
        await first.SendAsync("subscribe", """{"socket":"a","rooms":["r1"],"reply":{"$bin":"00ff"}}""");
        await second.SendAsync("subscribe", """{"socket":"b","rooms":["r1"],"reply":{"$bin":"00ff"},"delayMs":50}""");
        await second.SendAsync("subscribe", """{"socket":"c"}""");
        await first.WhenCountsAsync(2);
        await second.WhenCountsAsync(2);

        var acks = await first.SendAsync("emitWithAck", """{"event":"ask","rooms":["r1"],"args":[1],"timeoutMs":30000}""");
        Assert.Equal("""{"responses":[{"$bin":"00ff"},{"$bin":"00ff"}],"expected":2,"timedOut":false}""", acks.GetRawText());

        // The third socket is silent. The time is long enough for the two others on a busy machine.
        acks = await second.SendAsync("emitWithAck", """{"event":"ask","timeoutMs":10000}""");
        Assert.Equal("""{"responses":[{"$bin":"00ff"},{"$bin":"00ff"}],"expected":3,"timedOut":true}""", acks.GetRawText());
        acks = await first.SendAsync("emitWithAck", """{"event":"ask","flags":{"local":true},"timeoutMs":30000}""");
        Assert.Equal("""{"responses":[{"$bin":"00ff"}],"expected":1,"timedOut":false}""", acks.GetRawText());
        await AssertFailsAsync(emitter, "Unsupported", "emitWithAck", "{}");
        Assert.Equal(["/ ask [1]", "/ ask []"], second.Received("b"));
    }

    [Fact(Timeout = 120_000)]
    public async Task ServerSideEmit_reaches_the_other_nodes_and_returns_their_replies()
    {
        await using var first = await StartAsync("--uid", "first");
        await using var second = await StartAsync("--uid", "second");
        await using var emitter = await StartAsync("--emitter");
        foreach (var node in (ConformanceProcess[])[first, second])
        {
            await node.SendAsync("onServerSide", """{"event":"ask","reply":{"$bin":"00ff"}}""");
            await node.SendAsync("onServerSide", """{"event":"tell"}""");
        }

        await first.WhenCountsAsync(2);
        await second.WhenCountsAsync(2);
        var acks = await first.SendAsync("serverSideEmitWithAck", """{"event":"ask","args":[1,{"$bin":"07"}],"timeoutMs":30000}""");
        Assert.Equal("""{"responses":[{"$bin":"00ff"}],"missing":[]}""", acks.GetRawText());
        acks = await first.SendAsync("serverSideEmitWithAck", """{"event":"tell","timeoutMs":200}""");
        Assert.Equal("""{"responses":[],"missing":["second"]}""", acks.GetRawText());
        await first.SendAsync("serverSideEmit", """{"event":"tell","args":["one way"]}""");
        await emitter.SendAsync("serverSideEmit", """{"event":"tell","args":["of an emitter"]}""");
        await second.SendAsync("serverSideEmitWithAck", """{"event":"ask","timeoutMs":30000}""");
        await AssertFailsAsync(first, "InvalidArgument", "serverSideEmit", """{"event":"new_namespace"}""");
        await AssertFailsAsync(first, "InvalidArgument", "onServerSide", """{"event":"connection"}""");
        await AssertFailsAsync(emitter, "Unsupported", "serverSideEmitWithAck", "{}");

        // An event is reported when its handler runs, not when it is committed.
        await WhenReportedAsync(first, "ask");
        await WhenReportedAsync(second, "of an emitter");
        Assert.Equal(["of an emitter", "ask"], ServerSide(first));
        Assert.Equal(["ask", "tell", "one way", "of an emitter"], ServerSide(second));
    }

    // The first argument of each server-side event if it is text, else its name.
    private static string[] ServerSide(ConformanceProcess node) =>
    [
        .. node.Lines.Reports.All.Where(static report => ReportLog.IsOf(report, "serverSide")).Select(static report =>
            report.GetProperty("args") is { } args && args.GetArrayLength() > 0 && args[0].ValueKind == JsonValueKind.String
                ? args[0].GetString()!
                : report.GetProperty("name").GetString()!),
    ];

    private static async Task WhenReportedAsync(ConformanceProcess node, string text) => await node.Lines.Reports.WaitAsync(
        _ => ServerSide(node).Contains(text) ? text : null, TestContext.Current.CancellationToken);

    [Fact(Timeout = 120_000)]
    public async Task ServerCount_counts_the_nodes()
    {
        await using var first = await StartAsync();
        await using var second = await StartAsync();
        await using var emitter = await StartAsync("--emitter");
        await second.WhenCountsAsync(2);
        Assert.Equal(1, (await second.SendAsync("serverCount", """{"nsp":"/chat"}""")).GetInt32());
    }

    [Fact(Timeout = 120_000)]
    public async Task Invalid_lines_are_reported_and_the_next_command_is_executed()
    {
        await using var node = await StartAsync();

        foreach (var line in (string[])["", "{", "[]", "7", """{"op":"status"}""", """{"\ud800":1}"""])
            await node.Lines.WriteLineAsync(line, TestContext.Current.CancellationToken);
        await node.Lines.WriteLineAsync("""{"id":null,"op":["status"]}""", TestContext.Current.CancellationToken);
        await node.SendAsync("status");

        Assert.Equal(6, node.Lines.Reports.All.Count(static report => ReportLog.IsOf(report, "error")));
        var result = Assert.Single(node.Lines.Reports.Results);
        Assert.Equal("InvalidArgument", result.GetProperty("error").GetProperty("type").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task Command_ids_are_returned_unchanged()
    {
        await using var node = await StartAsync();
        string[] ids = ["\"\\ud800\"", "\"é\\u00e9\"", "1.50", "1e999", "{\"a\":[null,\"\\udc00\"]}", "null"];

        foreach (var id in ids)
            await node.Lines.WriteLineAsync($$"""{"op":"serverCount","id":{{id}}}""", TestContext.Current.CancellationToken);
        var results = await node.Lines.Reports.WaitForResultsAsync(
            results => results.Count >= ids.Length ? results : null, TestContext.Current.CancellationToken);

        Assert.Equal(
            ids.Order(StringComparer.Ordinal),
            results.Select(static result => result.GetProperty("id").GetRawText()).Order(StringComparer.Ordinal));
        Assert.Equal(0, await node.StopAsync());
    }

    [Fact(Timeout = 120_000)]
    public async Task Lone_surrogates_are_reported_as_the_replacement_character()
    {
        await using var node = await StartAsync();
        await node.Lines.WriteLineAsync(
            """{"id":"x","op":"subscribe","socket":"\ud800","data":"\ud800"}""", TestContext.Current.CancellationToken);
        await node.Lines.WriteLineAsync(
            """{"id":"y","op":"emit","event":"\ud800","args":["\udc00",{"\udc00":1}]}""", TestContext.Current.CancellationToken);

        await node.WaitForAsync("\ufffd", "\ufffd");
        Assert.Equal(["/ \ufffd [\"\ufffd\",{\"\ufffd\":1}]"], node.Received("\ufffd"));
        Assert.Equal("\ufffd", (await node.SendAsync("fetchSockets", "{}")).GetProperty("sockets")[0].GetProperty("data").GetString());
    }

    [Fact(Timeout = 120_000)]
    public async Task Socket_names_can_be_reused_after_a_remote_disconnection()
    {
        await using var node = await StartAsync();
        await using var emitter = await StartAsync("--emitter");
        for (var round = 1; round <= 2; round++)
        {
            await node.SendAsync("subscribe", """{"socket":"a"}""");
            await emitter.SendAsync("disconnectSockets", "{}");
            await node.Lines.Reports.WaitAsync(
                reports => reports.Count(static report => ReportLog.IsOf(report, "disconnected")) == round ? reports : null,
                TestContext.Current.CancellationToken);
        }

        await node.SendAsync("unsubscribe", """{"socket":"a"}""");
        await AssertFailsAsync(node, "InvalidArgument", "unsubscribe", """{"socket":"a"}""");
    }

    private Task<ConformanceProcess> StartAsync(params string[] arguments) =>
        ConformanceProcess.StartAsync(postgres, _prefix, TestContext.Current.CancellationToken, arguments);

    private static async Task AssertFailsAsync(ConformanceProcess node, string type, string op, string fields)
    {
        var exception = await Assert.ThrowsAsync<CommandFailedException>(() => node.SendAsync(op, fields));
        Assert.True(exception.Type == type, $"{op} {fields} failed with: {exception.Message}");
    }
}
