namespace EventBus.Tests.Cluster;

/// <summary>Events that are larger than a message may be are refused before they are encoded.</summary>
public sealed class LargeEventTests
{
    private const int Little = 2_000_000;

    private readonly TestCluster _cluster = new();

    [Fact]
    public async Task Emit_300_MB_of_binary_throws_before_it_is_encoded()
    {
        var a = await _cluster.StartNodeAsync("a");
        var emitter = a.Bus.Emitter<IGameEvents>();
        await emitter.Picture(new byte[1]);
        var bytes = GC.AllocateUninitializedArray<byte>(300 * 1024 * 1024);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = await Assert.ThrowsAsync<EventSerializationException>(async () => await emitter.Picture(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);

        Assert.Equal("picture", exception.EventName);
        Assert.Contains($"{bytes.Length} bytes of binary", exception.Message, StringComparison.Ordinal);
        Assert.Contains($"{EventBusDefaults.MaxMessageBytes} are allowed", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Emit_sum_of_binary_counts()
    {
        var a = await _cluster.StartNodeAsync("a");
        EventValue half = GC.AllocateUninitializedArray<byte>(70 * 1024 * 1024);
        await a.Bus.Of().All.EmitAsync("warm", new EventValue[] { new byte[1] });

        var before = GC.GetAllocatedBytesForCurrentThread();
        var exception = await Assert.ThrowsAsync<EventSerializationException>(
            async () => await a.Bus.Of().All.EmitAsync("both", new[] { half, half }));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Little);
        Assert.Contains($"{140 * 1024 * 1024} bytes of binary", exception.Message, StringComparison.Ordinal);
    }
}
