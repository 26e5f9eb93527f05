using System.Globalization;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class NodeLogTests
{
    [Fact]
    public void Joined_flood_writes_at_most_60_lines_a_minute_and_counts_the_others()
    {
        var (time, logger) = (new TestTime(), new RecordingLogger());
        var log = new NodeLog(logger, time);
        for (var i = 0; i < 60_000; i++)
        {
            log.Joined($"forged-{i}", "/");
            log.Left($"forged-{i}", "/");
            time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(logger.Entries.Count, NodeLog.Burst, 60);
        time.Advance(TimeSpan.FromMinutes(5));
        log.Joined("real", "/");
        log.Expired("real", "/");

        var last = logger.Entries.TakeLast(3).ToArray();
        Assert.Equal([322, 300, 302], last.Select(static entry => entry.Id.Id));
        var skipped = logger.Entries.Where(static entry => entry.Id.Id == 322)
            .Sum(static entry => long.Parse(entry.Text.Split(' ')[0], CultureInfo.InvariantCulture));
        Assert.Equal((2 * 60_000) + 2, skipped + logger.Count(300) + logger.Count(301) + logger.Count(302));
    }
}
