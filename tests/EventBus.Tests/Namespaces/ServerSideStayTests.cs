using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Namespaces;

/// <summary>Typed handlers of server-side events belong to one stay in their namespace.</summary>
public sealed class ServerSideStayTests
{
    private const string Ballot = "/ballot";

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task A_handler_ends_with_the_stay_and_one_set_afterwards_joins_anew_and_answers()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (first, second) = (new Teller(1), new Teller(2));
        a.Bus.HandleServerSide<IBallotEvents>(first);
        await _cluster.JoinAsync(Ballot, a, b);
        var asker = b.Bus.Emitter<IBallotEvents>().ServerSide;
        Assert.Equal([new("a", 1)], (await asker.Vote("tea?")).Responses);

        await a.Bus.Of(Ballot).LeaveAsync();
        var alone = await asker.Vote("anybody?");
        Assert.Empty(alone.Responses);
        Assert.True(alone.IsComplete);

        // Without a handler it has come again, and does not answer.
        await _cluster.JoinAsync(Ballot, a);
        var silent = asker.WithTimeout(TimeSpan.FromSeconds(1)).Vote("and now?").AsTask();
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["a"], (await silent).Missing);

        await a.Bus.Of(Ballot).LeaveAsync();
        a.Bus.HandleServerSide<IBallotEvents>(second);
        await _cluster.JoinAsync(Ballot, a);
        Assert.Equal([new("a", 2)], (await asker.Vote("coffee?")).Responses);
        await asker.Opened("both?");
        Assert.Equal(["vote coffee?", "opened both?"], await second.Inbox.NextAsync(2));
        Assert.Equal("vote tea?", await first.Inbox.NextAsync());
        Assert.Equal(0, first.Inbox.Count);
    }

    [Fact]
    public async Task A_handler_set_while_the_namespace_is_being_left_serves_the_next_stay()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (entered, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var slow = new Teller(async () =>
        {
            entered.SetResult();
            await release.Task;
            return 1;
        });
        a.Bus.HandleServerSide<IBallotEvents>(slow);
        await _cluster.JoinAsync(Ballot, a, b);
        var asker = b.Bus.Emitter<IBallotEvents>().ServerSide;
        var asking = asker.Vote("tea?").AsTask();
        await entered.Task;

        var leaving = a.Bus.Of(Ballot).LeaveAsync().AsTask();
        a.Bus.HandleServerSide<IBallotEvents>(new Teller(2));
        Assert.False(leaving.IsCompleted);
        release.SetResult();
        await leaving;

        Assert.Equal([new("a", 1)], (await asking).Responses);
        await _cluster.JoinAsync(Ballot, a);
        Assert.Equal([new("a", 2)], (await asker.Vote("coffee?")).Responses);
    }

    [Fact]
    public async Task Who_has_left_tells_as_a_publisher_does_and_asks_as_a_member()
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var there = new Teller(3);
        b.Bus.HandleServerSide<IBallotEvents>(there);
        await _cluster.JoinAsync(Ballot, a, b);
        var emitter = a.Bus.Emitter<IBallotEvents>();
        await a.Bus.Of(Ballot).LeaveAsync();
        _cluster.TakeNotifications();

        await emitter.ServerSide.Opened("tea?");
        Assert.Equal("opened tea?", await there.Inbox.NextAsync());
        Assert.Equal([("emitter", 9, Ballot)], _cluster.TakeNotifications());

        var asking = emitter.ServerSide.WithTimeout(TimeSpan.FromHours(1)).Vote("tea?").AsTask();
        await _cluster.CompleteAsync(asking);
        Assert.Equal([new("b", 3)], (await asking).Responses);
        Assert.Equal(2, await b.Bus.Of(Ballot).ServerCountAsync(TestContext.Current.CancellationToken));
    }

    private sealed class Teller(Func<ValueTask<int>> vote) : IBallotEvents
    {
        public Teller(int vote)
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
