using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport;
using EventBus.Wire;

namespace EventBus.Tests.Transport;

/// <summary>Numbers of a source that come from another backend than the source's: a new connection of it, or a forgery.</summary>
public sealed class ForgedNumberTests : IDisposable
{
    private const string Source = "00000000000000bb";
    private const int First = 1;
    private const int Second = 2;
    private const int Third = 3;
    private const int Forger = 666;

    private static readonly TimeSpan HeartbeatInterval = TimeSpan.FromSeconds(5);

    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly BusDiagnostics _diagnostics;
    private readonly Backends _backends;
    private readonly SequenceTracker _tracker;
    private int _wakes;

    public ForgedNumberTests()
    {
        _diagnostics = new BusDiagnostics(_logger, errorHandler: null, time: _time);
        _backends = new Backends(lookUp: null, static () => { }, _time, _logger);
        _tracker = new SequenceTracker("own", _backends, HeartbeatInterval, () => _wakes++, _time, _diagnostics);
    }

    public void Dispose() => _tracker.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("stranger")]
    public void TryAccept_forged_numbers_hide_no_event_and_count_no_loss(string? role)
    {
        Accept(10);
        Find(First, "member");
        Find(Forger, role);
        for (var i = 0; i < 1000; i++)
        {
            // Two forged numbers that confirm each other, one of them by a heartbeat.
            Assert.Equal(0, Accept(500_000_000 + (2 * i), pid: Forger));
            Assert.Equal(0, Accept(500_000_000 + (2 * i) + (i == 0 ? 0 : 1), isEvent: false, pid: Forger));
            Assert.Equal(0, Accept(11 + i));
            _time.Advance(TimeSpan.FromMilliseconds(500));
            Assert.Equal(0, Settle());
        }

        Assert.Equal(2000, _diagnostics.Unconfirmed.Value);
        Assert.InRange(_logger.Count(125), 1, 9);
    }

    [Fact]
    public void TryAccept_next_number_of_a_stranger_does_not_replace_the_event()
    {
        Accept(10);
        Assert.Equal(0, Accept(11, pid: Forger));
        Assert.Equal(0, Accept(11));
        Assert.Equal(0, Accept(12));
        Assert.Null(Accept(12));
    }

    [Fact]
    public void TryAccept_copy_of_a_stranger_is_late()
    {
        Accept(10);
        Find(First, "member", isOwn: true);
        Assert.Null(Accept(10, pid: Forger));
        Assert.Null(Accept(9, isEvent: false, pid: Forger));
        Find(Forger, "stranger");
        Assert.Null(Accept(10, pid: Forger));
        Assert.Equal(0, Accept(11));
    }

    [Fact]
    public void TryAccept_own_backend_reports_a_gap_at_once()
    {
        Accept(10);
        Assert.Equal(4, Accept(15));
        Assert.Equal(7, Accept(22, isEvent: false));
    }

    [Fact]
    public void TryAccept_new_connection_of_the_same_role_reports_its_gap_at_once()
    {
        Accept(10);
        Find(First, "member");
        Find(Second, "member");
        Assert.Equal(4, Accept(15, pid: Second));
        Assert.Null(Accept(12)); // A commit of the lost connection is late.
        Assert.Equal(0, Accept(16, pid: Second));
        Assert.Equal(0, _diagnostics.Unconfirmed.Value);
    }

    [Fact]
    public void Settle_reports_the_gap_when_the_role_is_known()
    {
        Accept(10);
        Find(First, "member");
        Assert.Equal(0, Accept(15, pid: Second));
        Assert.Equal(0, Accept(18, pid: Second));
        Assert.Null(Accept(18, pid: Second));
        Assert.Equal(0, Settle());

        Find(Second, "member");
        Assert.Equal(4 + 2, Settle());
        Assert.Equal(0, Accept(19, pid: Second));
        Assert.Equal(0, Settle());
    }

    [Fact]
    public void TryAccept_events_of_a_connection_that_has_gone_are_not_lost()
    {
        Accept(10);
        Find(First, "member");
        Assert.Equal(0, Accept(13, pid: Second)); // 11 and 12 are missing.
        Assert.Equal(0, Accept(14, pid: Second));
        Find(Second, role: null);
        Find(Third, "member");
        Assert.Equal(2 + 3, Accept(18, pid: Third)); // 15 to 17 are missing, too.
        Assert.Equal(0, Accept(19, pid: Third));
    }

    [Fact]
    public void Settle_silent_source_reports_the_gap_within_two_heartbeat_intervals()
    {
        Accept(10);
        Assert.Equal(0, Accept(15, pid: Second));
        var lost = 0L;
        for (var elapsed = TimeSpan.Zero; elapsed < 2 * HeartbeatInterval; elapsed += TimeSpan.FromMilliseconds(250))
        {
            _time.Advance(TimeSpan.FromMilliseconds(250));
            lost += _tracker.IsDue ? Settle() : 0;
        }

        Assert.Equal(4, lost);
        Assert.InRange(_wakes, 1, 8);
        Assert.Equal(0, Accept(16, pid: Second));
        Assert.Equal(3, Accept(20, pid: Second));
        Assert.Equal(0, _time.Timers);
    }

    [Fact]
    public void TryAccept_source_that_was_silent_gets_its_numbers_back()
    {
        Accept(10);
        Find(First, "member");
        Accept(500_000_000, pid: Forger);
        _time.Advance(2 * HeartbeatInterval);
        Assert.Equal(500_000_000 - 11, Settle()); // Nobody can know better.

        Assert.Equal(0, Accept(11));
        Find(Second, "member");
        Assert.Equal(0, Accept(500_000_000, pid: Forger));
        Assert.Equal(1, Accept(13, pid: Second));
    }

    [Fact]
    public void TryAccept_new_connection_of_a_source_that_was_silent_gets_its_numbers_back()
    {
        Accept(10);
        Find(First, "member");
        Accept(500_000_000, pid: Forger);
        _time.Advance(2 * HeartbeatInterval);
        Settle();

        Find(Second, "member");
        Assert.Equal(1, Accept(12, pid: Second));
    }

    [Fact]
    public void Settle_silent_source_is_not_replaced_by_a_known_stranger()
    {
        Accept(10);
        Find(First, "member", isOwn: true);
        Find(Forger, "stranger");
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(0, Accept(1_000 * (i + 1), pid: Forger));
            Assert.Null(Accept(3, pid: Forger));
            _time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(0, Settle());
        }

        Assert.Equal(0, Accept(11));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(500_000_000)]
    public void TryAccept_own_role_replaces_a_forger_who_came_first(long forged)
    {
        Accept(forged, pid: Forger);
        Find(Forger, "stranger");
        Accept(1_000, pid: Second);
        Find(Second, "member", isOwn: true);
        Assert.Equal(0, Settle());

        Assert.Equal(0, Accept(1_001, pid: Second));
        Assert.Equal(1, Accept(1_003, pid: Second));
        Accept(forged + 1, pid: Forger);
        Assert.Equal(0, Accept(1_004, pid: Second));
    }

    [Fact]
    public void TryAccept_more_suspects_than_kept_are_delivered()
    {
        Accept(10);
        for (var pid = 1000; pid < 1100; pid++)
            Assert.Equal(0, Accept(5_000 + pid, pid: pid));
        Assert.Equal(0, Accept(11));
        _time.Advance(2 * HeartbeatInterval);
        Assert.Equal(0, Settle());
        Assert.False(_tracker.IsDue);
    }

    [Fact]
    public void Forget_forgets_suspects()
    {
        Accept(10);
        Accept(15, pid: Second);
        Assert.Equal(1, _time.Timers);
        _tracker.Forget("/");
        Assert.Equal((0, 0), (_tracker.Count, _time.Timers));
    }

    // The connection of the source is lost again and again. Its roles are known at once, later, or never because it had gone before.
    [Fact]
    public void TryAccept_received_and_lost_add_up_to_numbered_over_new_connections()
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var source = $"source-{seed}";
            var (pid, number, received, lost) = (1_000 * (seed + 1), 0L, 0L, 0L);
            _tracker.TryAccept(new SequenceKey(source, 0), isEvent: false, "/", pid, out _);
            Find(pid, "member");
            var sinceLost = 10;
            for (var step = 0; step < 200; step++)
            {
                if (++sinceLost > 5 && random.Next(20) == 0)
                {
                    if (_backends.Of(pid).Found is null)
                        Find(pid, random.Next(2) == 0 ? "member" : null);
                    pid++;
                    sinceLost = 0;
                }
                else if (random.Next(4) == 0)
                {
                    Find(pid, "member");
                    lost += Settle();
                }

                var isEvent = random.Next(3) > 0;
                number += isEvent ? 1 : 0;
                for (var copies = random.Next(4) switch { 0 => 0, 1 => 2, _ => 1 }; copies > 0; copies--)
                {
                    if (_tracker.TryAccept(new SequenceKey(source, number), isEvent, "/", pid, out var missing) && isEvent)
                        received++;
                    lost += missing;
                }
            }

            _tracker.TryAccept(new SequenceKey(source, number), isEvent: false, "/", pid, out var tail);
            Find(pid, "member");
            lost += tail + Settle();
            Assert.True(number == received + lost, $"seed {seed}: {number} = {received} + {lost}");
        }
    }

    // The server restarts again and again, and no look-up succeeds for a while. Then all connections but the last have gone.
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void TryAccept_received_and_lost_add_up_to_numbered_over_failed_look_ups(bool isOwn, int backends)
    {
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var source = $"source-{isOwn}-{backends}-{seed}";
            var (pid, number, received, lost) = (1_000 * (seed + 1), 0L, 0L, 0L);
            var live = Enumerable.Range(0, backends).Select(_ => ++pid).ToList();
            var unknown = new List<int>(live);
            _tracker.TryAccept(new SequenceKey(source, 0), isEvent: false, "/", live[0], out _);
            for (var step = 0; step < 200; step++)
            {
                if (random.Next(15 * backends) == 0)
                {
                    live = [.. Enumerable.Range(0, backends).Select(_ => ++pid)];
                    unknown.AddRange(live);
                }

                if (random.Next(100) == 0)
                    LookUp();
                Send(isEvent: random.Next(3) > 0, isReceived: random.Next(4) > 0);
            }

            Send(isEvent: false, isReceived: true);
            LookUp();
            Assert.True(number == received + lost, $"seed {seed}: {number} = {received} + {lost}");

            void LookUp()
            {
                unknown.ForEach(backend => Find(backend, live.Contains(backend) ? "member" : null, isOwn && live.Contains(backend)));
                unknown.Clear();
                lost += Settle();
            }

            void Send(bool isEvent, bool isReceived)
            {
                number += isEvent ? 1 : 0;
                if (!isReceived)
                    return;
                var backend = live[random.Next(backends)];
                if (_tracker.TryAccept(new SequenceKey(source, number), isEvent, "/", backend, out var missing) && isEvent)
                    received++;
                lost += missing;
            }
        }
    }

    private void Find(int pid, string? role, bool isOwn = false) =>
        _backends.Of(pid).Found = new BackendRole(pid, role, isOwn);

    private long Settle()
    {
        var lost = 0L;
        _tracker.Settle((_, _, count) => lost += count);
        return lost;
    }

    /// <returns>The number of lost events, or null if the message is rejected.</returns>
    private long? Accept(long number, bool isEvent = true, int pid = First) =>
        _tracker.TryAccept(new SequenceKey(Source, number), isEvent, "/", pid, out var lost) ? lost : null;
}
