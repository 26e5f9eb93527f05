using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>One member of a cluster, whatever it is, in the words of the field. Disposing it ends it.</summary>
internal sealed class Member(MemberKind kind, string uid, ILineDriven driven) : IAsyncDisposable
{
    // As long as a loaded machine may take for what is sure to come.
    private const int AnswerTimeoutMs = 30_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private int _sockets;

    public MemberKind Kind { get; } = kind;

    public string Uid { get; } = uid;

    public ReportLog Reports => driven.Lines.Reports;

    public override string ToString() => $"{Kind.Describe()} {Uid}";

    public Task<JsonElement> AskAsync(string op, JsonObject? fields = null) => driven.Lines.AskAsync(op, fields, TestContext.Current.CancellationToken);

    /// <summary>Adds a socket. With a reply it answers every event that asks for one.</summary>
    public async Task<MemberSocket> ConnectAsync(string nsp, SocketSettings settings)
    {
        var name = $"s{Interlocked.Increment(ref _sockets)}";
        var fields = new JsonObject { ["socket"] = name, ["nsp"] = nsp, ["rooms"] = Json.Array(settings.Rooms), ["delayMs"] = settings.DelayMs };
        fields = With("data", settings.Data, With("reply", settings.Reply, fields));
        var id = (await AskAsync("subscribe", fields)).GetProperty("socketId").GetString()!;
        return new MemberSocket(this, name, id, nsp);
    }

    public Task EmitAsync(string name, JsonArray? args = null, To? to = null) => AskAsync("emit", Event(name, args, to));

    public Task<JsonElement> EmitWithAckAsync(string name, JsonArray? args = null, To? to = null, int timeoutMs = AnswerTimeoutMs) =>
        AskAsync("emitWithAck", With("timeoutMs", timeoutMs, Event(name, args, to)));

    /// <summary>Emits to one socket anywhere, by its id.</summary>
    public Task RemoteEmitAsync(string socketId, string name, JsonArray? args = null) => AskAsync("remoteEmit", With("socketId", socketId, Event(name, args, null)));

    /// <summary>Asks one socket anywhere, by its id.</summary>
    public Task<JsonElement> RemoteEmitWithAckAsync(string socketId, string name, JsonArray? args = null) =>
        AskAsync("remoteEmitWithAck", With("timeoutMs", AnswerTimeoutMs, With("socketId", socketId, Event(name, args, null))));

    /// <summary>Emits within a transaction of its own, which ends with a commit or a rollback.</summary>
    public Task EmitInTransactionAsync(bool commit, params JsonObject[] events) =>
        AskAsync("emitInTransaction", new JsonObject { ["commit"] = commit, ["events"] = new JsonArray([.. events]) });

    public Task ServerSideEmitAsync(string name, JsonArray? args = null, string nsp = "/") =>
        AskAsync("serverSideEmit", Event(name, args, new To { Nsp = nsp }));

    public Task<JsonElement> ServerSideEmitWithAckAsync(string name, JsonArray? args = null, int timeoutMs = AnswerTimeoutMs, string nsp = "/") =>
        AskAsync("serverSideEmitWithAck", With("timeoutMs", timeoutMs, Event(name, args, new To { Nsp = nsp })));

    /// <summary>Handles a server-side event. With a reply it answers.</summary>
    public Task OnServerSideAsync(string name, JsonNode? reply = null, string nsp = "/") =>
        AskAsync("onServerSide", With("reply", reply, new JsonObject { ["nsp"] = nsp, ["event"] = name }));

    /// <summary>Waits for a server-side event.</summary>
    /// <returns>Its arguments.</returns>
    public async Task<JsonElement> ServerSideAsync(string name)
    {
        var report = await Reports.WaitForAsync("serverSide", report => report.GetProperty("name").ValueEquals(name), TestContext.Current.CancellationToken);
        return report.GetProperty("args");
    }

    public Task<JsonElement> FetchSocketsAsync(To? to = null, bool local = false)
    {
        var fields = (to ?? new To()).ToFields();
        fields["local"] = local;
        fields["timeoutMs"] = AnswerTimeoutMs;
        return AskAsync("fetchSockets", fields);
    }

    public Task SocketsJoinAsync(string[] rooms, To? to = null) => AskAsync("socketsJoin", With("targets", Json.Array(rooms), (to ?? new To()).ToFields()));

    public Task SocketsLeaveAsync(string[] rooms, To? to = null) => AskAsync("socketsLeave", With("targets", Json.Array(rooms), (to ?? new To()).ToFields()));

    public Task DisconnectSocketsAsync(To? to = null, bool close = false) => AskAsync("disconnectSockets", With("close", close, (to ?? new To()).ToFields()));

    public async Task<int> ServerCountAsync(string nsp = "/") => (await AskAsync("serverCount", new JsonObject { ["nsp"] = nsp })).GetInt32();

    /// <summary>Waits until this node counts so many nodes.</summary>
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

    /// <summary>Has it stop, and waits until it has ended.</summary>
    public async Task StopAsync()
    {
        await AskAsync("stop");
        await driven.WaitForEndAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Ends it without a goodbye to anybody.</summary>
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
