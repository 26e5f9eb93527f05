using System.Reflection;
using System.Runtime.CompilerServices;
using EventBus.Hosting;
using EventBus.Tests.Cluster;
using Npgsql;

namespace EventBus.Tests.Hosting;

/// <summary>Calls after the stop: each fails through its task and never by a throw, so that one place handles all failures.</summary>
public sealed class StoppedBusTests
{
    private static readonly Type[] Surface =
    [
        typeof(IEventBus), typeof(IBusNamespace), typeof(UntypedEventExtensions), typeof(LocalSocket), typeof(RemoteSocket),
        typeof(EventBusPublisher),
    ];

    // They end something, and complete.
    private static readonly string[] Ends =
        ["IBusNamespace.LeaveAsync", "LocalSocket.LeaveAsync", "LocalSocket.DisposeAsync", "EventBusPublisher.DisposeAsync"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_entry_point_of_a_stopped_bus_fails_through_its_task()
    {
        var stopped = await StopAsync();
        var calls = Calls(stopped).ToArray();
        foreach (var (name, call) in calls)
        {
            Task? task = null;
            Action begin = () => task = call();
            var thrown = Record.Exception(begin);
            Assert.True(thrown is null, $"{name} threw {thrown}");
            var failure = await Record.ExceptionAsync(() => task!.WaitAsync(TimeSpan.FromSeconds(30), Cancellation));
            Assert.True(failure is EventBusClosedException, $"{name} ended with {failure}");
        }

        var called = calls.Select(static call => call.Name).ToHashSet();
        Assert.DoesNotContain(EntryPoints(), name => !called.Contains(name) && !Ends.Contains(name));
    }

    [Fact]
    public async Task Every_post_of_a_stopped_bus_returns_false()
    {
        var (bus, family, _, _, publisher) = await StopAsync();
        var emitter = bus.Emitter<IGameEvents>();

        Assert.False(bus.Of().All.Post("e"));
        Assert.False(bus.Of().All.Local.Post("e"));
        Assert.False(bus.Of("/late").All.Post("e"));
        Assert.False(emitter.Post.Score("ann", 1));
        Assert.False(emitter.To("r1").Post.Score("ann", 1));
        Assert.Equal(5, bus.Statistics.Dropped);
        Assert.False(family.All.Post("e"));
        Assert.False(publisher.Of().Post("e"));
        Assert.False(publisher.Emitter<IGameEvents>().Post.Score("ann", 1));
    }

    private static async Task<Stopped> StopAsync()
    {
        var cluster = new InMemoryCluster();
        var bus = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        var publisher = EventBusPublisher.Create(cluster);
        var family = bus.OfMatching(static name => name == "/never used");
        var socket = await bus.Of().ConnectAsync(new SocketOptions(), static _ => { }, Cancellation);
        var remote = Assert.Single((await bus.Of().All.FetchSocketsAsync(cancellationToken: Cancellation)).Sockets);
        await bus.DisposeAsync();
        await publisher.DisposeAsync();
        return new Stopped(bus, family, socket, remote, publisher);
    }

    private static IEnumerable<(string Name, Func<Task> Call)> Calls(Stopped stopped) =>
        [.. OfNamespaces(stopped.Bus), .. OfContracts(stopped.Bus), .. OfSockets(stopped), .. OfPublishers(stopped)];

    private static IEnumerable<(string Name, Func<Task> Call)> OfNamespaces(IEventBus bus)
    {
        foreach (var name in (string[])["/", "/late"])
        {
            var chat = bus.Of(name);
            foreach (var all in (BroadcastOperator<IUntypedEvents>[])[chat.All, chat.To("r1"), chat.All.Local])
            {
                yield return ("UntypedEventExtensions.EmitAsync", () => all.EmitAsync("e").AsTask());
                yield return ("UntypedEventExtensions.EmitWithAckAsync", () => all.EmitWithAckAsync("e").AsTask());
                yield return ("UntypedEventExtensions.StreamAcks", () => EnumerateAsync(all.StreamAcks("e")));
                yield return ("UntypedEventExtensions.SocketsJoinAsync", () => all.SocketsJoinAsync(["r1"]).AsTask());
                yield return ("UntypedEventExtensions.SocketsLeaveAsync", () => all.SocketsLeaveAsync(["r1"]).AsTask());
                yield return ("UntypedEventExtensions.DisconnectSocketsAsync", () => all.DisconnectSocketsAsync().AsTask());
                yield return ("UntypedEventExtensions.FetchSocketsAsync", () => all.FetchSocketsAsync().AsTask());
            }

            yield return ("IBusNamespace.JoinAsync", () => chat.JoinAsync().AsTask());
            yield return ("IBusNamespace.ServerCountAsync", () => chat.ServerCountAsync().AsTask());
            yield return ("IBusNamespace.ServerSideEmitAsync", () => chat.ServerSideEmitAsync("e").AsTask());
            yield return ("IBusNamespace.ServerSideEmitWithAckAsync", () => chat.ServerSideEmitWithAckAsync("e").AsTask());
            yield return ("IBusNamespace.ConnectAsync", () => chat.ConnectAsync(new SocketOptions(), static _ => { }).AsTask());
        }
    }

    private static IEnumerable<(string Name, Func<Task> Call)> OfContracts(IEventBus bus)
    {
        var (games, polls, ballots) = (bus.Emitter<IGameEvents>(), bus.Emitter<IPollEvents>(), bus.Emitter<IBallotEvents>());
        var transaction = (NpgsqlTransaction)RuntimeHelpers.GetUninitializedObject(typeof(NpgsqlTransaction));
        yield return ("a one-way event", () => games.Score("ann", 1).AsTask());
        yield return ("a one-way event to a room", () => games.To("r1").Score("ann", 1).AsTask());
        yield return ("a one-way event in a transaction", () => games.Within(transaction).Score("ann", 1).AsTask());
        yield return ("a one-way event to nodes", () => games.ServerSide.Score("ann", 1).AsTask());
        yield return ("an acknowledged event", () => polls.Vote("tea?").AsTask());
        yield return ("an acknowledged event with a timeout", () => polls.WithTimeout(TimeSpan.FromHours(1)).Vote("tea?").AsTask());
        yield return ("a stream of acks", () => EnumerateAsync(polls.Stream.Vote("tea?")));
        yield return ("an acknowledged event to nodes", () => polls.ServerSide.Vote("tea?").AsTask());
        yield return ("an acknowledged event in a late namespace", () => ballots.Vote("tea?").AsTask());
        yield return ("IEventBus.AddHandlerAsync", () => bus.AddHandlerAsync<IPollEvents>(new PollHandler(1)).AsTask());
    }

    private static IEnumerable<(string Name, Func<Task> Call)> OfSockets(Stopped stopped)
    {
        var (_, family, socket, remote, _) = stopped;
        yield return ("LocalSocket.JoinAsync", () => socket.JoinAsync("r1").AsTask());
        yield return ("RemoteSocket.EmitAsync", () => remote.EmitAsync("e").AsTask());
        yield return ("RemoteSocket.EmitWithAckAsync", () => remote.EmitWithAckAsync("e").AsTask());
        yield return ("RemoteSocket.JoinAsync", () => remote.JoinAsync(["r1"]).AsTask());
        yield return ("RemoteSocket.LeaveAsync", () => remote.LeaveAsync(["r1"]).AsTask());
        yield return ("RemoteSocket.DisconnectAsync", () => remote.DisconnectAsync().AsTask());
        yield return ("an event to a family", () => family.All.EmitAsync("e").AsTask());
        yield return ("a join by a family", () => family.All.SocketsJoinAsync(["r1"]).AsTask());
    }

    private static IEnumerable<(string Name, Func<Task> Call)> OfPublishers(Stopped stopped)
    {
        var publisher = stopped.Publisher;
        yield return ("EventBusPublisher.ServerSideEmitAsync", () => publisher.ServerSideEmitAsync("e").AsTask());
        yield return ("an event of a publisher", () => publisher.Of().EmitAsync("e").AsTask());
        yield return ("a join by a publisher", () => publisher.Of().SocketsJoinAsync(["r1"]).AsTask());
        yield return ("a leave by a publisher", () => publisher.Of().SocketsLeaveAsync(["r1"]).AsTask());
        yield return ("a disconnection by a publisher", () => publisher.Of().DisconnectSocketsAsync().AsTask());
        yield return ("a one-way event of a publisher", () => publisher.Emitter<IGameEvents>().Score("ann", 1).AsTask());
        yield return ("a one-way event of a publisher to nodes", () => publisher.ServerSide<IGameEvents>().Score("ann", 1).AsTask());
    }

    private static async Task EnumerateAsync<T>(AckStream<T> acks)
    {
        await foreach (var ack in acks)
            Assert.Fail($"There is an ack: {ack}");
    }

    /// <summary>The public methods that return a task or a stream.</summary>
    private static IEnumerable<string> EntryPoints() =>
        from type in Surface
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let returned = method.ReturnType.Name.Split('`')[0]
        where returned is nameof(Task) or nameof(ValueTask) or "AckStream"
        select $"{type.Name}.{method.Name}";

    private sealed record Stopped(
        IEventBus Bus, IMatchingNamespaces Family, LocalSocket Socket, RemoteSocket Remote, EventBusPublisher Publisher);
}
