namespace EventBus.Tests.Cluster;

/// <summary>Failures while a namespace is joined or left: no call waits for ever, and the next use starts again.</summary>
public sealed class DisturbedTests
{
    private const string Chat = "/chat";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TestCluster _cluster = new();

    public static TheoryData<Exception> Failures =>
    [
        new ObjectDisposedException("of the test"), new InvalidOperationException("of the test"), new EventNotSentException("of the test")
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Leave_logs_failures_and_completes(Exception failure)
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, a, b);

        (a.Transport.PublishFailure, a.Transport.UnlistenFailure) = (failure, failure);
        await a.Bus.Of(Chat).LeaveAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.Equal(2, a.Logger.Count(314));
        Assert.Null(a.Node.Memberships.Find(Chat));
        Assert.Equal(["/"], a.Node.Memberships.All().Select(membership => membership.Adapter.Namespace));
        await _cluster.JoinAsync(Chat, a);
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());

        (a.Transport.PublishFailure, a.Transport.UnlistenFailure) = (failure, failure);
        var leaving = a.Bus.Of(Chat).LeaveAsync().AsTask();
        await a.Bus.DisposeAsync().AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
        await leaving;
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Join_failure_is_logged_and_the_next_use_tries_again(Exception failure)
    {
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        await _cluster.JoinAsync(Chat, b);
        if (failure is EventBusException)
            failure = new EventBusStartException("of the test", isTransient: false);

        var listening = new TaskCompletionSource();
        a.Transport.NextListening = listening.Task;
        var joining = a.Bus.Of(Chat).JoinAsync().AsTask();
        listening.SetException(failure);
        Assert.Same(failure, await Record.ExceptionAsync(() => joining));
        Assert.Equal(1, a.Logger.Count(316));

        await _cluster.JoinAsync(Chat, a);
        Assert.Equal(2, await a.Bus.Of(Chat).ServerCountAsync());
        Assert.Equal(2, await b.Bus.Of(Chat).ServerCountAsync());
    }
}
