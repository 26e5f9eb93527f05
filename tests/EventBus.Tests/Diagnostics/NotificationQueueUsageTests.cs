using System.Diagnostics.Metrics;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class NotificationQueueUsageTests : IDisposable
{
    private readonly Meter _meter = new("test");
    private readonly TestTime _time = new();
    private readonly List<double> _measured = [];
    private readonly MeterListener _listener;
    private readonly NotificationQueueUsage _usage;
    private int _refreshed;

    public NotificationQueueUsageTests()
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == _meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, _) => _measured.Add(value));
        _listener.Start();
        _usage = new NotificationQueueUsage(_meter, _time) { Refresh = () => _refreshed++ };
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Collection_reads_the_last_value_and_no_statement_runs()
    {
        _listener.RecordObservableInstruments();
        Assert.Empty(_measured);
        _usage.Set(0.25);
        _time.Advance(TimeSpan.FromSeconds(15));
        _listener.RecordObservableInstruments();
        Assert.Equal(0.25, Assert.Single(_measured));
        Assert.Equal(0, _refreshed);
    }

    [Fact]
    public void Collection_of_an_old_value_begins_to_read_it_again()
    {
        _usage.Set(0.25);
        _time.Advance(TimeSpan.FromSeconds(16));
        _listener.RecordObservableInstruments();
        _listener.RecordObservableInstruments();
        Assert.Equal([0.25, 0.25], _measured);
        Assert.Equal(2, _refreshed);
        _usage.Set(0.5);
        _listener.RecordObservableInstruments();
        Assert.Equal(0.5, _measured[^1]);
        Assert.Equal(2, _refreshed);
    }

    [Fact]
    public void Collection_returns_no_value_that_could_not_be_read_again()
    {
        _usage.Set(0.25);
        _time.Advance(TimeSpan.FromMinutes(1));
        _listener.RecordObservableInstruments();
        Assert.Equal(0.25, Assert.Single(_measured));

        // The publisher has no connection.
        _time.Advance(TimeSpan.FromMinutes(1));
        _listener.RecordObservableInstruments();
        Assert.Single(_measured);
        _usage.Set(0.5);
        _listener.RecordObservableInstruments();
        Assert.Equal([0.25, 0.5], _measured);
    }
}
