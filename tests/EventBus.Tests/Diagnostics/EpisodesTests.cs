using System.Globalization;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class EpisodesTests
{
    private readonly TestTime _time = new();

    [Fact]
    public void Begins_returns_true_once_for_each_kind_until_its_quiet_minute()
    {
        var episodes = new Episodes(_time);
        var lines = new TokenBucket(100, 1, _time);
        Assert.True(episodes.Begins("a", lines));
        Assert.True(episodes.Begins("b", lines));
        Assert.False(episodes.Begins("a", lines));

        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(episodes.Begins("b", lines));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.True(episodes.Begins("a", lines));
        Assert.False(episodes.Begins("b", lines));
    }

    [Fact]
    public void Begins_is_true_later_if_there_was_no_line_for_the_first_failure()
    {
        var episodes = new Episodes(_time);
        var lines = new TokenBucket(1, 0.1, _time);
        Assert.True(episodes.Begins("a", lines));
        Assert.False(episodes.Begins("b", lines));
        _time.Advance(TimeSpan.FromSeconds(12));
        Assert.True(episodes.Begins("b", lines));
    }

    [Fact]
    public void Begins_is_false_for_new_kinds_while_too_many_are_open()
    {
        var episodes = new Episodes(_time);
        var lines = new TokenBucket(100, 1, _time);
        for (var i = 0; i < Episodes.Capacity; i++)
            Assert.True(episodes.Begins(i.ToString(CultureInfo.InvariantCulture), lines));
        Assert.False(episodes.Begins("one more", lines));

        _time.Advance(Episode.Quiet + TimeSpan.FromSeconds(1));
        Assert.True(episodes.Begins("one more", lines));
    }
}
