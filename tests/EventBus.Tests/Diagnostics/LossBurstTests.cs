using EventBus.Diagnostics;
using EventBus.Tests.Cluster;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class LossBurstTests
{
    private const int Size = 119;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly LossBurst _burst;

    public LossBurstTests() => _burst = new LossBurst(new BusDiagnostics(_logger, errorHandler: null, time: _time), _time);

    [Fact]
    public void EndIfQuiet_after_a_quiet_minute_logs_the_size_once()
    {
        for (var i = 0; i < 3; i++)
        {
            _burst.AddGap(5);
            _burst.AddAttachment();
            _time.Advance(TimeSpan.FromSeconds(59));
            _burst.EndIfQuiet();
        }

        Assert.Equal(0, _logger.Count(Size));
        _time.Advance(TimeSpan.FromSeconds(2));
        _burst.EndIfQuiet();
        _burst.EndIfQuiet();
        Assert.Equal(
            "The losses have ended: 18 events never arrived within 00:01:58, in 3 gaps and 3 lost attachments.",
            Assert.Single(_logger.Entries, static entry => entry.Id.Id == Size).Text);
    }

    [Fact]
    public void End_single_loss_is_not_logged_again()
    {
        _burst.AddGap(1_000_000);
        _burst.End();
        _burst.AddAttachment();
        _burst.End();
        Assert.Equal(0, _logger.Count(Size));
    }

    [Fact]
    public async Task Nodes_log_the_size_of_a_burst_when_it_ends_and_when_they_stop()
    {
        var cluster = new TestCluster();
        var a = await cluster.StartNodeAsync("a");
        Lose(a, 300);

        // The node checks in the background, a moment after the clock has advanced.
        for (var began = TimeProvider.System.GetTimestamp(); Sizes(a).Length == 0 && TimeProvider.System.GetElapsedTime(began) < Patience;)
        {
            cluster.AdvanceInSteps(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Contains("301 events never arrived", Assert.Single(Sizes(a)), StringComparison.Ordinal);

        Lose(a, 7);
        await a.Bus.DisposeAsync();
        Assert.Contains("8 events never arrived", Sizes(a)[^1], StringComparison.Ordinal);
    }

    private static void Lose(TestNode node, long events)
    {
        node.Diagnostics.Rejections.Gap(events, "source", "/");
        node.Diagnostics.Rejections.LostAttachment(1, "its row does not exist", isEvent: true);
    }

    private static string[] Sizes(TestNode node) =>
        [.. node.Logger.Entries.Where(static entry => entry.Id.Id == Size).Select(static entry => entry.Text)];
}
