using EventBus.Transport;

namespace EventBus.Tests.Transport;

public sealed class BackoffTests
{
    [Fact]
    public void Next_doubles_up_to_a_limit_and_Reset_restarts()
    {
        var backoff = new Backoff(new Random(1));
        var delays = Enumerable.Range(0, 12).Select(_ => backoff.Next().TotalMilliseconds).ToList();
        Assert.InRange(delays[0], 75, 100);
        Assert.InRange(delays[2], 300, 400);
        Assert.All(delays[8..], static delay => Assert.InRange(delay, 600, 800));
        Assert.Equal(4, delays[8..].Distinct().Count());
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalMilliseconds, 75, 100);
    }

    [Fact]
    public void Next_with_a_growth_multiplies_by_it()
    {
        var backoff = new Backoff(new Random(1), Backoff.First, Backoff.Longest, growth: 8);
        Assert.InRange(backoff.Next().TotalMilliseconds, 75, 100);
        for (var i = 0; i < 10; i++)
            Assert.InRange(backoff.Next().TotalMilliseconds, 600, 800);
    }
}
