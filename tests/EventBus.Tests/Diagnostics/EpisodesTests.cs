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
        Assert.True(episodes.Begins("a"));
        Assert.True(episodes.Begins("b"));
        Assert.False(episodes.Begins("a"));

        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(episodes.Begins("b"));
        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.True(episodes.Begins("a"));
        Assert.False(episodes.Begins("b"));
    }

    [Fact]
    public void Begins_is_false_for_new_kinds_while_too_many_are_open()
    {
        var episodes = new Episodes(_time);
        for (var i = 0; i < Episodes.Capacity; i++)
            Assert.True(episodes.Begins(i.ToString(CultureInfo.InvariantCulture)));
        Assert.False(episodes.Begins("one more"));

        _time.Advance(Episode.Quiet + TimeSpan.FromSeconds(1));
        Assert.True(episodes.Begins("one more"));
    }
}
