using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Conformance;

namespace EventBus.InteropTests.Chaos;

/// <summary>A node in its own process, which can be killed.</summary>
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
            "--heartbeat-interval", $"{options.HeartbeatInterval.TotalMilliseconds}",
            "--heartbeat-timeout", $"{options.HeartbeatTimeout.TotalMilliseconds}");
        var node = new ProcessNode(uid, process);
        try
        {
            await process.Lines.Reports.WaitForAsync("ready", cancellationToken: TestContext.Current.CancellationToken);
            await process.SendAsync("onServerSide", $$"""{"event":"who","reply":"{{uid}}"}""");
            for (var i = 0; i < sockets; i++)
            {
                var connected = await process.SendAsync("subscribe", $$"""{"socket":"s{{i}}","rooms":["all"],"reply":"{{uid}}/{{i}}"}""");
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
        var fetched = await SendAsync("fetchSockets", timeout, fields => fields["rooms"] = new JsonArray(room));
        return (
            [.. fetched.GetProperty("sockets").EnumerateArray().Select(static socket => socket.GetProperty("id").GetString()!)],
            Texts(fetched, "missing"));
    }

    public override async Task<SocketAcks> RequestAcksAsync(string room, TimeSpan timeout)
    {
        var acks = await SendAsync("emitWithAck", timeout, fields => (fields["rooms"], fields["event"]) = (new JsonArray(room), "request"));
        return new SocketAcks(
            Texts(acks, "responses"),
            acks.GetProperty("expected").GetInt32(),
            acks.GetProperty("timedOut").GetBoolean(),
            acks.TryGetProperty("missing", out _) ? Texts(acks, "missing") : null);
    }

    public override async Task<(string[] Uids, string[] Missing)> RequestUidsAsync(TimeSpan timeout)
    {
        var acks = await SendAsync("serverSideEmitWithAck", timeout, static fields => fields["event"] = "who");
        return (Texts(acks, "responses"), Texts(acks, "missing"));
    }

    public override async Task<int> CountNodesAsync() => (await _process.SendAsync("serverCount")).GetInt32();

    public override Task JoinAsync(string room, string joined) =>
        _process.SendAsync("socketsJoin", $$"""{"rooms":["{{room}}"],"targets":["{{joined}}"]}""");

    public override async ValueTask DisposeAsync()
    {
        if (!Interlocked.Exchange(ref _isDisposed, true))
            await _process.DisposeAsync();
    }

    protected override async Task StopAsync() => Assert.Equal(0, await _process.StopAsync());

    protected override async Task KillAsync() => await DisposeAsync();

    private Task<JsonElement> SendAsync(string op, TimeSpan timeout, Action<JsonObject> add)
    {
        var fields = new JsonObject { ["timeoutMs"] = (int)timeout.TotalMilliseconds };
        add(fields);
        return _process.Lines.SendAsync(op, fields, TestContext.Current.CancellationToken);
    }

    private static string[] Texts(JsonElement result, string name) =>
        [.. result.GetProperty(name).EnumerateArray().Select(static text => text.GetString()!)];
}
