using EventBus.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EventBus.Tests.Cluster;

/// <summary>Requests of other nodes to manage sockets, and the handlers of an application, which are not clients.</summary>
public sealed class RemoteManagementTests
{
    private const string Disconnect =
        """{"type":6,"data":{"opts":{"rooms":[],"except":[],"flags":{}},"close":true},"uid":"node1","nsp":"/"}""";

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Requests_of_other_nodes_do_not_reach_handlers()
    {
        var (a, b) = (await StartAsync("a"), await StartAsync("b"));
        var handler = await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1), ["r1"]);
        var (socket, inbox) = await a.ConnectAsync(["r1"]);

        _cluster.Hub.Notify("""{"type":4,"data":{"opts":{"rooms":["r1"],"except":[]},"rooms":["r2"]},"uid":"node1","nsp":"/"}""");
        _cluster.Hub.Notify("""{"type":5,"data":{"opts":{"rooms":[],"except":[]},"rooms":["r1"]},"uid":"emitter"}""");
        _cluster.Hub.Notify(Disconnect);
        await b.Bus.Of().All.SocketsJoinAsync(["r3"]);
        await b.Bus.Of().All.DisconnectSocketsAsync();

        Assert.All([handler, socket], static socket => Assert.True(socket.IsConnected));
        Assert.All([handler, socket], static socket => Assert.Equal([socket.Id, "r1"], socket.Rooms));
        await b.Bus.Of().To("r1").EmitAsync("e");
        Assert.Equal("e()", await inbox.NextAsync());
        Assert.Equal(0, a.Bus.Statistics.DisconnectedHandlers);
        Assert.Equal(1, a.Logger.Count(318));
    }

    [Fact]
    public async Task Requests_of_other_nodes_reach_the_sockets_that_allow_them()
    {
        var a = await StartAsync("a");
        var client = await a.Bus.Of().ConnectAsync(new SocketOptions { Id = "client", AllowRemoteManagement = true }, static _ => { });
        var (handler, _) = await a.ConnectAsync();

        _cluster.Hub.Notify("""{"type":4,"data":{"opts":{"rooms":[],"except":[]},"rooms":["r1","r2"]},"uid":"node1","nsp":"/"}""");
        _cluster.Hub.Notify("""{"type":5,"data":{"opts":{"rooms":[],"except":[]},"rooms":["r2"]},"uid":"node1","nsp":"/"}""");
        Assert.Equal(["client", "r1"], client.Rooms);
        Assert.Equal([handler.Id], handler.Rooms);
        _cluster.Hub.Notify(Disconnect);
        Assert.False(client.IsConnected);
        Assert.True(handler.IsConnected);
    }

    [Fact]
    public async Task Requests_do_not_reach_a_socket_that_forbids_them_on_a_node_that_allows_them()
    {
        var a = await _cluster.StartNodeAsync("a");
        var fixture = await a.Bus.Of().ConnectAsync(new SocketOptions { AllowRemoteManagement = false }, static _ => { });
        var (client, _) = await a.ConnectAsync();
        _cluster.Hub.Notify(Disconnect);
        Assert.True(fixture.IsConnected);
        Assert.False(client.IsConnected);
    }

    [Fact]
    public async Task Requests_of_the_own_node_reach_all_its_sockets()
    {
        var a = await StartAsync("a");
        var (handler, _) = await a.ConnectAsync();
        await a.Bus.Of().All.SocketsJoinAsync(["r1"]);
        Assert.Equal([handler.Id, "r1"], handler.Rooms);
        await a.Bus.Of().All.DisconnectSocketsAsync();
        Assert.False(handler.IsConnected);
    }

    [Fact]
    public async Task Health_is_degraded_while_a_handler_is_gone()
    {
        var a = await _cluster.StartNodeAsync("a");
        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        var kept = await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        await kept.DisposeAsync();
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(a.Bus)).Status);

        _cluster.Hub.Notify(Disconnect);
        Assert.Equal(1, a.Bus.Statistics.DisconnectedHandlers);
        var gone = await CheckAsync(a.Bus);
        Assert.Equal(HealthStatus.Degraded, gone.Status);
        Assert.EndsWith("1 handlers disconnected.", gone.Description, StringComparison.Ordinal);
        Assert.Equal(1, a.Logger.Count(319));

        await a.Bus.AddHandlerAsync<IPollEvents>(new PollHandler(1));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(a.Bus)).Status);
    }

    private static Task<HealthCheckResult> CheckAsync(IEventBus bus)
    {
        var check = new EventBusHealthCheck(bus);
        var registration = new HealthCheckRegistration("eventbus", check, HealthStatus.Unhealthy, tags: null);
        return check.CheckHealthAsync(new HealthCheckContext { Registration = registration }, TestContext.Current.CancellationToken);
    }

    private Task<TestNode> StartAsync(string uid) => _cluster.StartNodeAsync(uid, allowRemoteManagement: false);
}
