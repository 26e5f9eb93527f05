using EventBus.Diagnostics;
using EventBus.IntegrationTests.Transport;
using EventBus.Testing;
using EventBus.Transport.Connections;
using Npgsql;
using Xunit;

namespace EventBus.IntegrationTests.Faults;

/// <summary>How often the bus connects to a server that is not ready.</summary>
public sealed class AttemptTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OpenAsync_rejected_connects_once_and_is_spaced_from_the_next_connection()
    {
        await using var server = await PostgresServer.StartAsync(new() { MustBePrivate = true }, Cancellation);
        await using var address = new Relay(server.ConnectionString);
        await using var dataSource = server.CreateDataSource(address.Configure);
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errorHandler: null);
        var time = new ManualTime();
        await using var opener = new ConnectionOpener(dataSource, new EventBusOptions(), time, diagnostics);
        await using (var pooled = (await opener.OpenPooledAsync(Cancellation)).Connection)
            Assert.Equal(1, address.Accepted);
        await using (var first = (await opener.OpenAsync(Cancellation)).Connection)
            Assert.Equal((2, TimeSpan.Zero), (address.Accepted, opener.UntilNextAttempt));

        // The address of a server that is stopped behind a proxy accepts connections, and closes them.
        await server.StopAsync(ServerStop.Fast, Cancellation);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => opener.OpenAsync(Cancellation));
        Assert.Equal(3, address.Accepted);
        await server.StartAgainAsync(Cancellation);
        time.Pass(TimeSpan.FromSeconds(1));
        await using var again = (await opener.OpenAsync(Cancellation)).Connection;
        Assert.Equal(4, address.Accepted);
        Assert.NotEqual(TimeSpan.Zero, opener.UntilNextAttempt);
    }

    /// <summary>No time passes by itself, so that a short delay is not over before it is asserted.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}
