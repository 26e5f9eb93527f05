using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>One member of a cluster of any kind. Dispose ends it.</summary>
internal sealed class Member(MemberKind kind, string uid, ILineDriven driven) : IAsyncDisposable
{
    // A loaded machine may take that long for an event that is sure to arrive.
    private const int AckTimeoutMs = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _sockets;

    public MemberKind Kind { get; } = kind;

    public string Uid { get; } = uid;

    public ReportLog Reports => driven.Lines.Reports;

    public override string ToString() => $"{Kind.Describe()} {Uid}";

    public Task<JsonElement> SendAsync(string op, JsonObject? fields = null) =>
        driven.Lines.SendAsync(op, fields, TestContext.Current.CancellationToken);

    /// <summary>Adds a socket. With a reply it acknowledges every event that requests an ack.</summary>
    public async Task<MemberSocket> ConnectAsync(string nsp, SocketSettings settings)
    {
        var name = $"s{Interlocked.Increment(ref _sockets)}";
        var fields =
            new JsonObject { ["socket"] = name, ["nsp"] = nsp, ["rooms"] = Json.Array(settings.Rooms), ["delayMs"] = settings.DelayMs };
        fields = With("data", settings.Data, With("reply", settings.Reply, fields));
        var id = (await SendAsync("subscribe", fields)).GetProperty("socketId").GetString()!;
        return new MemberSocket(this, name, id, nsp);
    }

    public Task EmitAsync(string name, JsonArray? args = null, To? to = null) => SendAsync("emit", Event(name, args, to));

    public Task<JsonElement> EmitWithAckAsync(string name, JsonArray? args = null, To? to = null, int timeoutMs = AckTimeoutMs) =>
        SendAsync("emitWithAck", With("timeoutMs", timeoutMs, Event(name, args, to)));

    /// <summary>Emits to one socket on any node, by its id.</summary>
    public Task RemoteEmitAsync(string socketId, string name, JsonArray? args = null) =>
        SendAsync("remoteEmit", With("socketId", socketId, Event(name, args, null)));

    /// <summary>Requests an ack of one socket on any node, by its id.</summary>
    public Task<JsonElement> RemoteEmitWithAckAsync(string socketId, string name, JsonArray? args = null) =>
        SendAsync("remoteEmitWithAck", With("timeoutMs", AckTimeoutMs, With("socketId", socketId, Event(name, args, null))));

    /// <summary>Emits within a transaction of its own, which ends with a commit or a rollback.</summary>
    public Task EmitInTransactionAsync(bool commit, params JsonObject[] events) =>
        SendAsync("emitInTransaction", new JsonObject { ["commit"] = commit, ["events"] = new JsonArray([.. events]) });

    public Task ServerSideEmitAsync(string name, JsonArray? args = null, string nsp = "/") =>
        SendAsync("serverSideEmit", Event(name, args, new To { Nsp = nsp }));

    public Task<JsonElement> ServerSideEmitWithAckAsync(
        string name, JsonArray? args = null, int timeoutMs = AckTimeoutMs, string nsp = "/") =>
        SendAsync("serverSideEmitWithAck", With("timeoutMs", timeoutMs, Event(name, args, new To { Nsp = nsp })));

    /// <summary>Handles a server-side event. With a reply it acknowledges.</summary>
    public Task OnServerSideAsync(string name, JsonNode? reply = null, string nsp = "/") =>
        SendAsync("onServerSide", With("reply", reply, new JsonObject { ["nsp"] = nsp, ["event"] = name }));

    /// <summary>Waits for a server-side event.</summary>
    /// <returns>Its arguments.</returns>
    public async Task<JsonElement> ServerSideAsync(string name)
    {
        var report = await Reports.WaitForAsync(
            "serverSide", report => report.GetProperty("name").ValueEquals(name), TestContext.Current.CancellationToken);
        return report.GetProperty("args");
    }

    public Task<JsonElement> FetchSocketsAsync(To? to = null, bool local = false)
    {
        var fields = (to ?? new To()).ToFields();
        fields["local"] = local;
        fields["timeoutMs"] = AckTimeoutMs;
        return SendAsync("fetchSockets", fields);
    }

    public Task SocketsJoinAsync(string[] rooms, To? to = null) =>
        SendAsync("socketsJoin", With("targets", Json.Array(rooms), (to ?? new To()).ToFields()));

    public Task SocketsLeaveAsync(string[] rooms, To? to = null) =>
        SendAsync("socketsLeave", With("targets", Json.Array(rooms), (to ?? new To()).ToFields()));

    public Task DisconnectSocketsAsync(To? to = null, bool close = false) =>
        SendAsync("disconnectSockets", With("close", close, (to ?? new To()).ToFields()));

    public async Task<int> ServerCountAsync(string nsp = "/") =>
        (await SendAsync("serverCount", new JsonObject { ["nsp"] = nsp })).GetInt32();

    /// <summary>Waits until this node counts this number of nodes.</summary>
    public async Task WhenCountsAsync(int nodes, string nsp = "/")
    {
        var started = TimeProvider.System.GetTimestamp();
        int count;
        while ((count = await ServerCountAsync(nsp)) != nodes)
        {
            if (TimeProvider.System.GetElapsedTime(started) > Patience)
                Assert.Fail($"{this} counts {count} nodes in {nsp}, not {nodes}.");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Stops it, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        await SendAsync("stop");
        await driven.WaitForEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it abruptly: it does not leave the cluster first.</summary>
    public ValueTask CrashAsync() => driven.CrashAsync();

    public ValueTask DisposeAsync() => driven.DisposeAsync();

    private static JsonObject Event(string name, JsonArray? args, To? to)
    {
        var fields = (to ?? new To()).ToFields();
        fields["event"] = name;
        fields["args"] = args?.DeepClone() ?? new JsonArray();
        return fields;
    }

    private static JsonObject With(string field, JsonNode? value, JsonObject fields)
    {
        if (value is not null)
            fields[field] = value.DeepClone();
        return fields;
    }
}
