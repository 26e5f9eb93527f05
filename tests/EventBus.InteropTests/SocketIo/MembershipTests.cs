using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using EventBus.InteropTests.Members;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>The view of a Socket.IO server on a .NET node that joins and leaves.</summary>
public sealed class MembershipTests(PostgresFixture postgres)
{
    [Fact(Timeout = 120_000)]
    public async Task Server_notices_Leave_and_Join_at_once_and_receives_later_events()
    {
        Assert.SkipWhen(NodeProgram.Missing is not null, NodeProgram.Missing ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        var site = new ClusterSite(postgres.ConnectionString);
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var server = await site.StartAsync(MemberKind.SocketIoServer);
        var client = await server.ConnectAsync("/chat", new SocketSettings());
        await using var bus = await EventBusNode.StartAsync(dataSource, site.Options, cancellationToken: cancellation);
        var chat = bus.Of("/chat");

        for (var round = 0; round < 2; round++)
        {
            await chat.JoinAsync(cancellation);
            await server.WhenCountsAsync(2, "/chat");
            await chat.LeaveAsync(cancellation);

            // It arrives after AdapterClose, from a node that is no longer counted.
            await chat.All.EmitAsync($"bye-{round}", cancellationToken: cancellation);
            await client.WhenReceivedAsync($"bye-{round}");
            Assert.Equal(1, await server.ServerCountAsync("/chat"));
            Assert.Equal(2, await server.ServerCountAsync("/"));
        }
    }
}
