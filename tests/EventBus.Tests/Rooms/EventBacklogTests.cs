using EventBus.Rooms;

namespace EventBus.Tests.Rooms;

public sealed class EventBacklogTests
{
    private const int MaxEvents = 4;
    private const int MaxOverflow = 2_000;
    private const int Largest = 1_000;

    [Fact]
    public void Replace_keeps_the_bounds_and_the_order_for_events_of_any_size()
    {
        var random = new Random(11);
        var backlog = new EventBacklog(MaxEvents, MaxOverflow);
        var (added, taken, dropped) = (0, 0, 0);
        List<QueuedEvent>? observed = null;
        for (; added < 10_000; added++)
        {
            var size = random.Next(1, Largest);
            var item = new QueuedEvent(null!, added, Ack: null);
            if (backlog.IsFull)
                dropped += backlog.Replace(item, size, ref observed);
            else
                backlog.Add(item, size);

            // The last event may exceed the bound of the bytes.
            Assert.InRange(backlog.Overflow, 0, MaxOverflow + Largest + EventBacklog.BytesPerEvent);
            Assert.InRange(backlog.Count, 0, MaxEvents + (MaxOverflow / EventBacklog.BytesPerEvent) + 1);
            if (random.Next(4) == 0)
                Take();
        }

        while (backlog.Count > 0)
            Take();
        Assert.Equal(added, taken + dropped);
        Assert.InRange(dropped, 1, added);
        Assert.Null(observed);

        void Take()
        {
            if (backlog.TryTake(out var next))
                Assert.Equal(taken++ + dropped, next.Decoded);
        }
    }

    [Fact]
    public void Clear_returns_the_bytes()
    {
        var backlog = new EventBacklog(maxEvents: 1, maxOverflow: 1);
        for (var i = 0; i < 2; i++)
            backlog.Add(new QueuedEvent(null!, i, Ack: null), size: 1);
        Assert.True(backlog.IsFull);
        List<QueuedEvent>? observed = null;
        backlog.Clear(ref observed);
        Assert.False(backlog.IsFull || backlog.Overflow > 0);
    }
}
