using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class EpisodeTests
{
    [Fact]
    public void Begins_returns_true_once_until_a_quiet_minute_has_passed()
    {
        var time = new TestTime();
        var episode = new Episode(time);
        Assert.True(episode.Begins());
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(59));
            Assert.False(episode.Begins());
        }

        time.Advance(TimeSpan.FromSeconds(61));
        Assert.True(episode.Begins());
    }
}
