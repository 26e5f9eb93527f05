using EventBus.Hosting;
using EventBus.IntegrationTests.Transport;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.EndToEnd;

/// <summary>
/// Typed acks of sockets and of nodes, over a real PostgreSQL. That IsComplete is true is not asserted: it is false if the process stood
/// still meanwhile.
/// </summary>
public sealed class AckTests(DatabaseFixture database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _unique = Guid.NewGuid().ToString("N")[..12];

    [Fact(Timeout = 60_000)]
    public async Task Acks_of_sockets_and_nodes_arrive_inline_and_attached()
    {
        await using var dataSource = database.Server.CreateDataSource();
        await using var first = await StartAsync(dataSource);
        await using var second = await StartAsync(dataSource);
        await first.AddHandlerAsync<IPollEvents>(new Voter(1), ["r1"]);
        await second.AddHandlerAsync<IPollEvents>(new Voter(2), ["r1"]);
        second.HandleServerSide<IPollEvents>(new Voter(3));
        var emitter = first.Emitter<IPollEvents>();
        await NodeCount.UntilAsync(first.Of(), 2);

        var votes = await emitter.To("r1").WithTimeout(Patience).Vote("tea?");
        Assert.Equal([1, 2], votes.Responses.Order());
        Assert.Equal((2, false), (votes.Expected, votes.IsTimedOut));
        Assert.Empty(votes.Missing);

        var stream = emitter.WithTimeout(Patience).Stream.Photo(10_000);
        var photos = 0;
        await foreach (var photo in stream)
        {
            Assert.Equal(10_000, photo.Length);
            photos++;
        }

        Assert.Equal((2, 2, false), (photos, stream.Expected, stream.IsTimedOut));
        Assert.Empty(stream.Missing);

        var nodes = await emitter.ServerSide.WithTimeout(Patience).Vote("tea?");
        Assert.Equal(new ServerSideAck<int>(second.Uid, 3), Assert.Single(nodes.Responses));
        Assert.False(nodes.IsTimedOut);
        Assert.Empty(nodes.Missing);
    }

    private Task<IEventBus> StartAsync(NpgsqlDataSource dataSource) =>
        EventBusNode.StartAsync(dataSource, new EventBusOptions { ChannelPrefix = _unique, TableName = $"attachments_{_unique}" });

    private sealed class Voter(int vote) : IPollEvents
    {
        public ValueTask<int> Vote(string question) => new(vote);

        public ValueTask<ReadOnlyMemory<byte>> Photo(int bytes) => new(new byte[bytes]);
    }
}
