using EventBus.Diagnostics;
using EventBus.Tests.Testing;
using EventBus.Transport.Connections;
using Npgsql;

namespace EventBus.Tests.Transport;

public sealed class WorkerConnectionsTests : IAsyncDisposable
{
    private readonly NpgsqlDataSource _nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1"); // rejects connections
    private readonly TestTime _time = new();
    private readonly ConnectionOpener _opener;
    private readonly WorkerConnections _workers;

    public WorkerConnectionsTests()
    {
        var diagnostics = new BusDiagnostics(new RecordingLogger(), errorHandler: null, time: _time);
        _opener = new ConnectionOpener(_nowhere, new EventBusOptions(), _time, diagnostics);
        _workers = new WorkerConnections(_opener, most: 1);
    }

    public async ValueTask DisposeAsync()
    {
        await _workers.DisposeAsync();
        await _opener.DisposeAsync();
        await _nowhere.DisposeAsync();
    }

    [Fact]
    public async Task RentAsync_cancelled_does_not_delay_the_next_attempt()
    {
        var delay = _opener.Postpone();
        using var stopping = new CancellationTokenSource();
        var renting = _workers.RentAsync(stopping.Token);
        Assert.False(renting.IsCompleted);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => renting);
        Assert.Equal(delay, _opener.UntilNextAttempt);
    }

    [Fact]
    public async Task RentAsync_failed_delays_the_next_attempt()
    {
        await Assert.ThrowsAsync<NpgsqlException>(() => _workers.RentAsync(TestContext.Current.CancellationToken));
        Assert.InRange(_opener.UntilNextAttempt.TotalMilliseconds, 75, 100);
    }
}
