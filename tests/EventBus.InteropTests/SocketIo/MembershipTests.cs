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
}
