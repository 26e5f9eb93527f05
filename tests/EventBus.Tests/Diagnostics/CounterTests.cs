using System.Diagnostics.Metrics;
using EventBus.Diagnostics;
using EventBus.Tests.Testing;

namespace EventBus.Tests.Diagnostics;

public sealed class CounterTests
{
    [Fact]
    public void Add_counts_and_reports_when_a_meter_listener_throws()
    {
        var errors = new List<Exception>();
        using var meter = new Meter("test");
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == meter)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>(static (_, _, _, _) => throw new InvalidOperationException("thrown by the test"));
        listener.Start();
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errors.Add, meter);

        diagnostics.Published.Add(3);

        Assert.Equal(3, diagnostics.Published.Value);
        Assert.Equal("thrown by the test", Assert.Single(errors).Message);
    }
}
