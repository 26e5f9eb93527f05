using EventBus.Diagnostics;
using EventBus.Serialization;

namespace EventBus.Tests.Cluster;

/// <summary>An event that is local, to rooms without a socket of this process, is not encoded.</summary>
public sealed class LocalEmitTests
{
    private readonly TestCluster _cluster = new();

    [Theory]
    [InlineData(0, "empty")]
    [InlineData(0, "empty", "vacant")]
    [InlineData(2, "empty", "r1")]
    [InlineData(2, "r1")]
    [InlineData(2)]
    public async Task Emit_on_Local_encodes_only_for_sockets(int encodings, params string[] rooms)
    {
        var node = await _cluster.StartNodeAsync("a");
        var (_, inbox) = await node.ConnectAsync(["r1"]);
        var encoded = new Count();
        var target = new BroadcastTarget { Rooms = RoomSet.Of(rooms) }.Local();

        await node.Node.Adapter("/").EmitAsync(target, new CountedPacket(encoded), CancellationToken.None);
        Assert.True(node.Node.Adapter("/").Post(target, new CountedPacket(encoded)));

        Assert.Equal(encodings, encoded.Value);
        Assert.Equal(Enumerable.Repeat("counted()", encodings), await inbox.NextAsync(encodings));
    }

    [Fact]
    public async Task Emit_on_Local_in_an_empty_namespace_encodes_nothing()
    {
        var node = await _cluster.StartNodeAsync("a");
        var encoded = new Count();

        await node.Node.Adapter("/").EmitAsync(new BroadcastTarget().Local(), new CountedPacket(encoded), CancellationToken.None);
        await node.Node.Adapter("/").EmitAsync(new BroadcastTarget(), new CountedPacket(encoded), CancellationToken.None);

        Assert.Equal(1, encoded.Value);
    }

    private sealed class Count
    {
        public int Value { get; set; }
    }

    private readonly struct CountedPacket(Count encoded) : IPacket
    {
        public byte[] EventName => "counted"u8.ToArray();

        public JournalMark Journal => default;

        public Type? Contract => null;

        public EventLabels Labels => new(contract: null, "counted");

        public IReadOnlyList<object?> GetArguments() => [];

        public void WriteTo<TWriter>(ref TWriter writer)
            where TWriter : IValueWriter, allows ref struct
        {
            encoded.Value++;
            writer.BeginArray(1);
            writer.WriteUtf8(EventName);
            writer.EndArray();
        }
    }
}
