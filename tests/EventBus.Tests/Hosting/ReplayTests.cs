using EventBus.Hosting;

namespace EventBus.Tests.Hosting;

/// <summary>A bus in memory replays journaled events.</summary>
public sealed class ReplayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Replay_returns_the_journaled_events_of_the_contract()
    {
        var cluster = new InMemoryCluster();
        await using var bus = await EventBusNode.StartAsync(cluster, cancellationToken: Cancellation);
        await using var publisher = EventBusPublisher.Create(cluster);
        await bus.Emitter<IParcelEvents>().Sent(1, []);
        await bus.Emitter<IParcelEvents>().Tracked(2);
        await publisher.Emitter<IParcelEvents>().To("room").Sent(3, new byte[10_000]);

        var parcels = new Parcels();
        HashSet<EventIdentity> identities = [];
        var first = default(JournalPosition);
        await foreach (var item in bus.Replay<IParcelEvents>(DateTimeOffset.MinValue, Cancellation))
        {
            await item.InvokeAsync(parcels, Cancellation);
            if (identities.Count == 0)
                first = item.Position;
            Assert.True(identities.Add(item.Identity));
        }

        Assert.Equal([(1, 0), (3, 10_000)], parcels.Received);
        Assert.Equal(["", "room"], parcels.Rooms);

        await foreach (var item in bus.Replay<IParcelEvents>(JournalPosition.Parse(first.ToString()), Cancellation))
            await item.InvokeAsync(parcels, Cancellation);
        Assert.Equal([(1, 0), (3, 10_000), (3, 10_000)], parcels.Received);
        Assert.Empty(await bus.Replay<IParcelEvents>(DateTimeOffset.MaxValue, Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await bus.Replay<ILetterEvents>(DateTimeOffset.MinValue, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Replay_after_a_position_of_PostgreSQL_throws()
    {
        await using var bus = await EventBusNode.StartAsync(new InMemoryCluster(), cancellationToken: Cancellation);
        var position = JournalPosition.Parse("00000001|1|1:1:|0||0|1|1|0");
        await Assert.ThrowsAsync<ArgumentException>(
            async () => await bus.Replay<IParcelEvents>(position, Cancellation).ToListAsync(Cancellation));
    }

    [BroadcastEvent]
    public interface IParcelEvents
    {
        [Journaled]
        void Sent(int number, byte[] label, EventContext context);

        void Tracked(int number);
    }

    [BroadcastEvent, Journaled]
    public interface ILetterEvents
    {
        void Posted(int number);
    }

    private sealed class Parcels : IParcelEvents
    {
        public List<(int Number, int Length)> Received { get; } = [];

        public List<string> Rooms { get; } = [];

        public void Sent(int number, byte[] label, EventContext context)
        {
            Received.Add((number, label.Length));
            Rooms.Add(string.Join(' ', context.Rooms));
        }

        public void Tracked(int number) => Assert.Fail("The event is not journaled.");
    }
}
