using EventBus.Transport.Connections;

namespace EventBus.Tests.Transport;

public sealed class DatabaseWatchTests
{
    private readonly DatabaseWatch _watch = new();
    private readonly WatchedSession _session;
    private int _moves;

    public DatabaseWatchTests()
    {
        _session = _watch.Add();
        _session.Moved = () => _moves++;
        Open("first");
    }

    [Fact]
    public void A_newer_connection_elsewhere_moves_an_open_session()
    {
        _watch.See(new("second", IsStandby: false));
        Assert.Equal((1, true), (_moves, _session.IsElsewhere));

        _session.End();
        Open("second");
        Assert.Equal((1, false), (_moves, _session.IsElsewhere));
    }

    [Fact]
    public void A_session_on_a_standby_is_elsewhere_but_does_not_move()
    {
        _session.End();
        Open("second", isStandby: true);
        Assert.Equal((0, true), (_moves, _session.IsElsewhere));

        _watch.See(new("second", IsStandby: false)); // It was promoted.
        Assert.Equal((0, false), (_moves, _session.IsElsewhere));
    }

    private void Open(string identity, bool isStandby = false)
    {
        _watch.See(new(identity, isStandby));
        _session.Begin(new(identity, isStandby));
    }
}
