using EventBus.Tests.Testing;

namespace EventBus.Tests.Cluster;

/// <summary>A typed handler of server-side events belongs to one membership of its namespace.</summary>
public sealed class ServerSideMembershipTests
{
    private const string Ballot = "/ballot";

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task HandleServerSide_ends_with_Leave_and_joins_again_if_called_again()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (first, second) = (new BallotHandler(1), new BallotHandler(2));
        a.Bus.HandleServerSide<IBallotEvents>(first);
        await _cluster.JoinAsync(Ballot, a, b);
        var serverSide = b.Bus.Emitter<IBallotEvents>().ServerSide;
        Assert.Equal([new("a", 1)], (await serverSide.Vote("tea?")).Responses);

        await a.Bus.Of(Ballot).LeaveAsync();
        var alone = await serverSide.Vote("anybody?");
        Assert.Empty(alone.Responses);
        Assert.True(alone.IsComplete);

        // It has joined again without a handler, and sends no ack.
        await _cluster.JoinAsync(Ballot, a);
        var silent = serverSide.WithTimeout(TimeSpan.FromSeconds(1)).Vote("and now?").AsTask();
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a"], (await silent).Missing);

        await a.Bus.Of(Ballot).LeaveAsync();
        a.Bus.HandleServerSide<IBallotEvents>(second);
        await _cluster.JoinAsync(Ballot, a);
        Assert.Equal([new("a", 2)], (await serverSide.Vote("coffee?")).Responses);
        await serverSide.Opened("both?");
        Assert.Equal(["vote coffee?", "opened both?"], await second.Inbox.NextAsync(2));
        Assert.Equal("vote tea?", await first.Inbox.NextAsync());
        Assert.Equal(0, first.Inbox.Count);
    }

    [Fact]
    public async Task HandleServerSide_during_Leave_applies_to_the_next_membership()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new BallotHandler(async () =>
        {
            entered.SetResult();
            await release.Task;
            return 1;
        });
        a.Bus.HandleServerSide<IBallotEvents>(slow);
        await _cluster.JoinAsync(Ballot, a, b);
        var serverSide = b.Bus.Emitter<IBallotEvents>().ServerSide;
        var requesting = serverSide.Vote("tea?").AsTask();
        await entered.Task;

        var leaving = a.Bus.Of(Ballot).LeaveAsync().AsTask();
        a.Bus.HandleServerSide<IBallotEvents>(new BallotHandler(2));
        Assert.False(leaving.IsCompleted);
        release.SetResult();
        await leaving;

        Assert.Equal([new("a", 1)], (await requesting).Responses);
        await _cluster.JoinAsync(Ballot, a);
        Assert.Equal([new("a", 2)], (await serverSide.Vote("coffee?")).Responses);
    }

    [Fact]
    public async Task ServerSide_after_Leave_emits_as_a_publisher_and_requests_as_a_member()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var there = new BallotHandler(3);
        b.Bus.HandleServerSide<IBallotEvents>(there);
        await _cluster.JoinAsync(Ballot, a, b);
        var emitter = a.Bus.Emitter<IBallotEvents>();
        await a.Bus.Of(Ballot).LeaveAsync();
        _cluster.TakeNotifications();

        await emitter.ServerSide.Opened("tea?");
        Assert.Equal("opened tea?", await there.Inbox.NextAsync());
        Assert.Equal([("emitter", 9, Ballot)], _cluster.TakeNotifications());

        var requesting = emitter.ServerSide.WithTimeout(TimeSpan.FromHours(1)).Vote("tea?").AsTask();
        await _cluster.CompleteAsync(requesting);
        Assert.Equal([new("b", 3)], (await requesting).Responses);
        Assert.Equal(2, await b.Bus.Of(Ballot).ServerCountAsync(TestContext.Current.CancellationToken));
    }

    private sealed class BallotHandler(Func<ValueTask<int>> vote) : IBallotEvents
    {
        public BallotHandler(int vote)
            : this(() => new ValueTask<int>(vote))
        {
        }

        public Inbox<string> Inbox { get; } = new();

        public void Opened(string question) => Inbox.Add($"opened {question}");

        public ValueTask<int> Vote(string question)
        {
            Inbox.Add($"vote {question}");
            return vote();
        }
    }
}
