using System.Text.Json.Nodes;
using EventBus.Hosting;
using EventBus.InteropTests.Harness;
using Npgsql;

namespace EventBus.InteropTests.SocketIo;

/// <summary>What a Socket.IO server knows of the .NET nodes in its cluster.</summary>
public sealed class MembershipTests(PostgresFixture postgres)
{
    [Fact(Timeout = 120_000)]
    public async Task A_server_counts_DotNet_nodes_but_no_publishers()
    {
        Assert.SkipWhen(NodeServer.Missing is not null, NodeServer.Missing ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        var prefix = PostgresFixture.NewPrefix();
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        var options = new EventBusOptions { ChannelPrefix = prefix };
        await using var node = await NodeServer.StartAsync(postgres.ConnectionString, new JsonObject { ["channelPrefix"] = prefix }, ["/"], new ReportLog(), cancellation);
        await node.ConnectAsync("client", "/", [], cancellation);

        await using (var publisher = EventBusPublisher.Create(dataSource, options))
            await publisher.Of().EmitAsync("hello", cancellationToken: cancellation);

        await using (await EventBusNode.StartAsync(dataSource, options, cancellationToken: cancellation))
        {
            Assert.Equal(2, await node.ServerCountAsync("/", atLeast: 2, cancellation));
            await using (await EventBusNode.StartAsync(dataSource, options, cancellationToken: cancellation))
                Assert.Equal(3, await node.ServerCountAsync("/", atLeast: 3, cancellation));
        }

        // Both have said goodbye before their disposal ended: an event that comes after it comes after that.
        await using var last = EventBusPublisher.Create(dataSource, options);
        await last.Of().EmitAsync("bye", cancellationToken: cancellation);
        await node.Reports.WaitForAsync("received", static report => report.GetProperty("name").ValueEquals("bye"), cancellation);
        Assert.Equal(1, await node.ServerCountAsync("/", cancellationToken: cancellation));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_notices_at_once_that_a_namespace_was_left_and_joined_again_and_still_hears_who_left()
    {
        Assert.SkipWhen(NodeServer.Missing is not null, NodeServer.Missing ?? "");
        var cancellation = TestContext.Current.CancellationToken;
        var prefix = PostgresFixture.NewPrefix();
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var node = await NodeServer.StartAsync(postgres.ConnectionString, new JsonObject { ["channelPrefix"] = prefix }, ["/", "/chat"], new ReportLog(), cancellation);
        await node.ConnectAsync("client", "/chat", [], cancellation);
        await using var bus = await EventBusNode.StartAsync(dataSource, new EventBusOptions { ChannelPrefix = prefix }, cancellationToken: cancellation);
        var chat = bus.Of("/chat");

        for (var round = 0; round < 2; round++)
        {
            await chat.JoinAsync(cancellation);
            Assert.Equal(2, await node.ServerCountAsync("/chat", atLeast: 2, cancellation));
            await chat.LeaveAsync(cancellation);

            // It comes after the goodbye, and from a node that nobody counts any more.
            await chat.All.EmitAsync($"bye-{round}", cancellationToken: cancellation);
            await node.Reports.WaitForAsync("received", report => report.GetProperty("name").ValueEquals($"bye-{round}"), cancellation);
            Assert.Equal(1, await node.ServerCountAsync("/chat", cancellationToken: cancellation));
            Assert.Equal(2, await node.ServerCountAsync("/", cancellationToken: cancellation));
        }
    }
}
