using System.Text.Json;
using System.Text.Json.Nodes;
using EventBus.InteropTests.Harness;

namespace EventBus.InteropTests.Members;

/// <summary>One socket of a member, with its received events and the expected ones.</summary>
internal sealed class MemberSocket(Member member, string name, string id, string nsp)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private readonly List<ReceivedEvent> _expected = [];
    private bool _isRemoved;

    public Member Member { get; } = member;

    public string Id { get; } = id;

    public string Nsp { get; } = nsp;

    public IReadOnlyList<ReceivedEvent> Expected => _expected;

    public bool IsConnected => !Member.Reports.All.Any(IsDisconnection);

    public IReadOnlyList<ReceivedEvent> Received => Select(Member.Reports.All);

    public Task JoinAsync(params string[] rooms) =>
        Member.SendAsync("join", new JsonObject { ["socket"] = name, ["rooms"] = Json.Array(rooms) });

    public Task LeaveAsync(params string[] rooms) =>
        Member.SendAsync("leave", new JsonObject { ["socket"] = name, ["rooms"] = Json.Array(rooms) });

    /// <summary>Disconnects it if it is connected.</summary>
    public async Task DisconnectAsync()
    {
        if (_isRemoved)
            return;
        _isRemoved = true;
        await Member.SendAsync("unsubscribe", new JsonObject { ["socket"] = name });
        await WhenDisconnectedAsync();
    }

    /// <summary>Expects these further events.</summary>
    public void Expect(IEnumerable<ReceivedEvent> events) => _expected.AddRange(events);

    /// <summary>Expects one more event, and waits until the expected number has arrived.</summary>
    public Task ReceivesAsync(ReceivedEvent expected)
    {
        _expected.Add(expected);
        return WhenReceivedAsync(events => events.Count >= _expected.Count, $"'{expected.Name}'");
    }

    /// <summary>Waits for an event by its name, expected or not.</summary>
    public Task WhenReceivedAsync(string eventName) =>
        WhenReceivedAsync(events => events.Any(received => received.Name == eventName), $"'{eventName}'");

    /// <summary>Waits until the condition holds for its received events.</summary>
    public Task WhenReceivedAsync(Func<IReadOnlyList<ReceivedEvent>, bool> isEnough, string what) =>
        WaitAsync(reports => isEnough(Select(reports)), $"did not receive {what}");

    public Task WhenDisconnectedAsync() => WaitAsync(reports => reports.Any(IsDisconnection), "was not disconnected");

    public override string ToString() => $"the socket of the {Member}";

    private async Task WaitAsync(Func<IReadOnlyList<JsonElement>, bool> isEnough, string failure)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await Member.Reports.WaitAsync(reports => isEnough(reports) ? reports : null, patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{this} {failure}. It has received: {ReceivedEvent.Print(Received)}");
        }
    }

    private ReceivedEvent[] Select(IReadOnlyList<JsonElement> reports) =>
    [
        .. reports.Where(report => ReportLog.IsOf(report, "received") && report.GetProperty("socket").ValueEquals(name))
            .Select(static report => new ReceivedEvent(report.GetProperty("name").GetString()!, report.GetProperty("args"))),
    ];

    private bool IsDisconnection(JsonElement report) =>
        ReportLog.IsOf(report, "disconnected") && report.GetProperty("socket").ValueEquals(name);
}
