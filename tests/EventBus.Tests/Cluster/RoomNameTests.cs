namespace EventBus.Tests.Cluster;

/// <summary>Names of rooms that have no form in UTF-8: on another node the room would have another name.</summary>
public sealed class RoomNameTests
{
    // As data of a theory they would be changed on the way to the test.
    private static readonly string[] Halves = ["a\uD83D", "\uDE00b", "\uDE00\uD83D"];

    private readonly TestCluster _cluster = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Half_a_surrogate_pair_is_rejected(int index)
    {
        var room = Halves[index];
        var a = await _cluster.StartNodeAsync("a");
        var (socket, _) = await a.ConnectAsync();
        var all = a.Bus.Of().All;

        Assert.Throws<ArgumentException>(() => a.Bus.Of().To(room));
        Assert.Throws<ArgumentException>(() => all.To("r1", room));
        Assert.Throws<ArgumentException>(() => all.Except(room));
        await Assert.ThrowsAsync<ArgumentException>(async () => await socket.JoinAsync("r1", room));
        await Assert.ThrowsAsync<ArgumentException>(async () => await all.SocketsJoinAsync([room]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await a.ConnectAsync([room]));
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await a.Bus.Of().ConnectAsync(new SocketOptions { Id = room }, static _ => { }));
        Assert.Equal([socket.Id], socket.Rooms);
    }

    [Fact]
    public async Task Whole_surrogate_pairs_reach_other_nodes()
    {
        const string Room = "\uD83D\uDE00 and \uD83D\uDE01";
        var (a, b) = (await _cluster.StartNodeAsync("a"), await _cluster.StartNodeAsync("b"));
        var (_, inbox) = await b.ConnectAsync([Room]);
        await a.Bus.Of().To(Room).EmitAsync("e");
        Assert.Equal("e()", await inbox.NextAsync());
    }
}
