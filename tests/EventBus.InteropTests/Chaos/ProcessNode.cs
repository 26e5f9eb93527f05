using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Conformance;

namespace EventBus.InteropTests.Chaos;

/// <summary>A node that is a process of its own, so that it can be killed as processes are.</summary>
internal sealed class ProcessNode : ChaosNode
{
    private readonly ConformanceProcess _process;
    private bool _isDisposed;

    private ProcessNode(string uid, ConformanceProcess process)
        : base(uid) => _process = process;

    public override bool CanBeKilled => true;

    public static async Task<ProcessNode> StartAsync(string uid, int sockets, string connectionString, EventBusOptions options)
    {
        var process = ConformanceProcess.Run(
            "--connection", connectionString, "--prefix", options.ChannelPrefix, "--uid", uid,
            "--heartbeat-interval", $"{options.HeartbeatInterval.TotalMilliseconds}", "--heartbeat-timeout", $"{options.HeartbeatTimeout.TotalMilliseconds}");
        var node = new ProcessNode(uid, process);
        try
        {
            await process.Lines.Reports.WaitForAsync("ready", cancellationToken: TestContext.Current.CancellationToken);
            await process.AskAsync("onServerSide", $$"""{"event":"who","reply":"{{uid}}"}""");
            for (var i = 0; i < sockets; i++)
            {
                var connected = await process.AskAsync("subscribe", $$"""{"socket":"s{{i}}","rooms":["all"],"reply":"{{uid}}/{{i}}"}""");
                node.Sockets = [.. node.Sockets, new ChaosSocket(connected.GetProperty("socketId").GetString()!, $"{uid}/{i}")];
            }

            return node;
        }
        catch
        {
            await node.DisposeAsync();
            throw;
        }
    }

    public override async Task<(string[] Sockets, string[] Missing)> FetchSocketsAsync(string room, TimeSpan timeout)
    {
        var fetched = await AskAsync("fetchSockets", timeout, fields => fields["rooms"] = new JsonArray(room));
        return ([.. fetched.GetProperty("sockets").EnumerateArray().Select(static socket => socket.GetProperty("id").GetString()!)], Texts(fetched, "missing"));
    }

    public override async Task<SocketAcks> AskSocketsAsync(string room, TimeSpan timeout)
    {
        var acks = await AskAsync("emitWithAck", timeout, fields => (fields["rooms"], fields["event"]) = (new JsonArray(room), "ask"));
        return new SocketAcks(
            Texts(acks, "responses"),
            acks.GetProperty("expected").GetInt32(),
            acks.GetProperty("timedOut").GetBoolean(),
            acks.TryGetProperty("missing", out _) ? Texts(acks, "missing") : null);
    }

    public override async Task<(string[] Uids, string[] Missing)> AskNodesAsync(TimeSpan timeout)
    {
        var answers = await AskAsync("serverSideEmitWithAck", timeout, static fields => fields["event"] = "who");
        return (Texts(answers, "responses"), Texts(answers, "missing"));
    }

    public override async Task<int> CountNodesAsync() => (await _process.AskAsync("serverCount")).GetInt32();

    public override Task JoinAsync(string room, string joined) => _process.AskAsync("socketsJoin", $$"""{"rooms":["{{room}}"],"targets":["{{joined}}"]}""");

    public override async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
            await _process.DisposeAsync();
    }

    protected override async Task StopAsync() => Assert.Equal(0, await _process.StopAsync());

    protected override async Task KillAsync() => await DisposeAsync();

    private Task<JsonElement> AskAsync(string op, TimeSpan timeout, Action<JsonObject> add)
    {
        var fields = new JsonObject { ["timeoutMs"] = (int)timeout.TotalMilliseconds };
        add(fields);
        return _process.Lines.AskAsync(op, fields, TestContext.Current.CancellationToken);
    }

    private static string[] Texts(JsonElement result, string name) => [.. result.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];
}
