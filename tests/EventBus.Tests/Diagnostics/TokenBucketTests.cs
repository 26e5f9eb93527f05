using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class TokenBucketTests
{
    private readonly TestTime _time = new();
    private readonly TokenBucket _bucket;

    public TokenBucketTests() => _bucket = new TokenBucket(capacity: 100, perSecond: 10, _time);

    [Fact]
    public void TryTake_used_up_budget_is_restored_by_time()
    {
        for (var i = 0; i < 10; i++)
            Assert.True(_bucket.TryTake(10));
        Assert.False(_bucket.TryTake(1));

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_bucket.TryTake(10));
        Assert.False(_bucket.TryTake(1));
    }

    [Fact]
    public void TryTake_one_cost_may_exceed_the_budget_and_is_made_up_for()
    {
        Assert.True(_bucket.TryTake(300));
        _time.Advance(TimeSpan.FromSeconds(20));
        Assert.False(_bucket.TryTake(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_bucket.TryTake(1));
    }

    [Fact]
    public void Charge_counts_although_the_budget_is_used_up()
    {
        Assert.True(_bucket.TryTake(1));
        _bucket.Charge(500);
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(_bucket.TryTake(1));
    }

    [Fact]
    public void TryTake_saves_no_more_than_the_capacity()
    {
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(_bucket.TryTake(100));
        Assert.False(_bucket.TryTake(1));
    }
}
