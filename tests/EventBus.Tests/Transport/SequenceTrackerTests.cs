using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Tests.Transport;

public sealed class SequenceTrackerTests : IDisposable
{
    private const string Own = "00000000000000aa";
    private const string Source = "00000000000000bb";
    private const string Other = "00000000000000cc";

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly List<SequenceTracker> _trackers = [];
    private readonly SequenceTracker _tracker;

    public SequenceTrackerTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: _time);
        _tracker = Create();
    }

    public void Dispose() => _trackers.ForEach(static tracker => tracker.Dispose());

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryAccept_new_source_counts_no_earlier_events(bool isEvent)
    {
        Assert.Equal(0, Accept(Source, 41, isEvent));
        Assert.Equal(0, Accept(Source, 42));
    }

    [Fact]
    public void TryAccept_next_event_counts_missing_events()
    {
        Accept(Source, 1);
        Assert.Equal(3, Accept(Source, 5));
        Assert.Equal(0, Accept(Source, 6));
    }

    [Fact]
    public void TryAccept_heartbeat_reveals_a_loss_at_the_end()
    {
        Accept(Source, 0, isEvent: false);
        Assert.Equal(4, Accept(Source, 4, isEvent: false));
        Assert.Equal(0, Accept(Source, 4, isEvent: false));
        Assert.Equal(0, Accept(Source, 5));
        Assert.Equal(0, Accept(Source, 5, isEvent: false));
    }

    [Fact]
    public void TryAccept_repeated_or_late_message_is_rejected()
    {
        Accept(Source, 10);
        Assert.Null(Accept(Source, 10));
        Assert.Null(Accept(Source, 9));
        Assert.Null(Accept(Source, 9, isEvent: false));
        Assert.Equal(0, Accept(Source, 11));
    }

    [Fact]
    public void TryAccept_counts_each_source_and_namespace_separately()
    {
        Accept(Source, 1);
        Accept(Other, 7);
        Accept(Source, 3, busNamespace: "/chat");
        Assert.Equal(0, Accept(Source, 2));
        Assert.Equal(0, Accept(Other, 8));
        Assert.Equal(1, Accept(Source, 5, busNamespace: "/chat"));
    }

    [Fact]
    public void TryAccept_ignores_own_messages_unique_ids_and_Node_peers()
    {
        Assert.Equal(0, Accept(Own, 5));
        Assert.Equal(0, Accept(Own, 1));
        Assert.True(_tracker.TryAccept(new SequenceKey(Source, UniqueId: "x"), true, "/", pid: 0, out _));
        Assert.True(_tracker.TryAccept(new SequenceKey(Source, 9, UniqueId: "x"), true, "/", pid: 0, out _));
        Assert.True(_tracker.TryAccept(default, true, "/", pid: 0, out _));
        Assert.Equal(0, _tracker.Count);
    }

    [Fact]
    public void TryAccept_over_capacity_forgets_the_least_recent_source()
    {
        var tracker = Create(capacity: 2);
        tracker.TryAccept(new SequenceKey("a", 1), true, "/", pid: 0, out _);
        tracker.TryAccept(new SequenceKey("b", 1), true, "/", pid: 0, out _);
        tracker.TryAccept(new SequenceKey("a", 2), true, "/", pid: 0, out _);
        tracker.TryAccept(new SequenceKey("c", 1), true, "/", pid: 0, out _);

        Assert.Equal(2, tracker.Count);
        tracker.TryAccept(new SequenceKey("a", 5), true, "/", pid: 0, out var ofKnown);
        Assert.Equal(2, ofKnown);
        tracker.TryAccept(new SequenceKey("b", 5), true, "/", pid: 0, out var ofEvicted);
        Assert.Equal(0, ofEvicted);
        Assert.Equal(2, _diagnostics.ForgottenSources.Value);
    }

    [Fact]
    public void TryAccept_million_forged_sources_is_bounded()
    {
        for (var i = 0; i < 1_000_000; i++)
            Accept($"forged-{i:x}", 1);
        Assert.Equal(SequenceTracker.DefaultCapacity, _tracker.Count);
        Assert.Equal(1_000_000 - SequenceTracker.DefaultCapacity, _diagnostics.ForgottenSources.Value);
    }

    [Theory]
    [InlineData(SequenceTracker.MaxGap + 12)]
    [InlineData(long.MaxValue)]
    public void TryAccept_impossible_gap_is_rejected(long number)
    {
        Accept(Source, 10);
        Assert.Null(Accept(Source, number));
        Assert.Null(Accept(Source, number - 1, isEvent: false));
        Assert.Equal(0, Accept(Source, 11));
        Assert.Equal(SequenceTracker.MaxGap, Accept(Source, SequenceTracker.MaxGap + 12));
    }

    [Fact]
    public void TryAccept_forged_number_hides_its_source_for_seconds_only()
    {
        Accept(Source, 10);
        Assert.Equal(999_989, Accept(Source, 1_000_000));
        Assert.Null(Accept(Source, 11));
        _time.Advance(SequenceTracker.RestartDelay - TimeSpan.FromTicks(1));
        Assert.Null(Accept(Source, 12));
        Assert.Null(Accept(Source, 12, isEvent: false));
        _time.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(0, Accept(Source, 13));
        Assert.Equal(0, Accept(Source, 14));
        Assert.Equal(1, _logger.Count(118));
    }

    [Fact]
    public void TryAccept_occasional_late_messages_do_not_restart_a_source()
    {
        Accept(Source, 10);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(Accept(Source, 3));
            Assert.Equal(0, Accept(Source, 11 + i));
            _time.Advance(SequenceTracker.RestartDelay);
        }

        Assert.Null(Accept(Source, 3));
        Assert.Equal(0, _logger.Count(118));
    }

    [Fact]
    public void Forget_affects_only_its_namespace()
    {
        Accept(Source, 1);
        Accept(Source, 1, busNamespace: "/chat");
        _tracker.Forget("/chat");
        Assert.Equal(0, Accept(Source, 9, busNamespace: "/chat"));
        Assert.Equal(7, Accept(Source, 9));
    }

    [Fact]
    public void TryAccept_received_and_lost_add_up_to_numbered()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var tracker = Create();
            long number = 0, received = 0, lost = 0;
            tracker.TryAccept(new SequenceKey(Source, 0), false, "/", pid: 0, out _);
            for (var step = 0; step < 200; step++)
            {
                var isEvent = random.Next(3) > 0;
                number += isEvent ? 1 : 0;
                var copies = random.Next(4) switch { 0 => 0, 1 => 2, _ => 1 };
                for (; copies > 0; copies--)
                {
                    if (tracker.TryAccept(new SequenceKey(Source, number), isEvent, "/", pid: 0, out var missing) && isEvent)
                        received++;
                    lost += missing;
                }
            }

            tracker.TryAccept(new SequenceKey(Source, number), false, "/", pid: 0, out var tail);
            Assert.Equal(number, received + lost + tail);
        }
    }

    private SequenceTracker Create(int capacity = SequenceTracker.DefaultCapacity)
    {
        var backends = new Backends(lookUp: null, static () => { }, _time, _logger);
        var tracker = new SequenceTracker(
            Own, backends, TimeSpan.FromSeconds(5), static () => { }, _time, _diagnostics, capacity);
        _trackers.Add(tracker);
        return tracker;
    }

    /// <returns>The number of lost events, or null if the message is rejected.</returns>
    private long? Accept(string source, long number, bool isEvent = true, string busNamespace = "/") =>
        _tracker.TryAccept(new SequenceKey(source, number), isEvent, busNamespace, pid: 0, out var lost) ? lost : null;
}
