using Npgsql;

namespace EventBus.Chaos.Direction;

/// <summary>
/// Measures how slow this machine is while a promise is tested: the time of a plain connect to the server, again and again. Limits are
/// extended by a multiple of its slowest tenth, because the bus needs several connects and as many turns of busy processors.
/// </summary>
internal sealed class Calibration : IAsyncDisposable
{
    private const int Connects = 10;
    private const double Pause = 0.2;

    private readonly Lock _lock = new();
    private readonly List<double> _samples = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly NpgsqlDataSource _dataSource;
    private readonly Task _sampling;

    public Calibration(NpgsqlDataSource dataSource)
    {
        _dataSource = dataSource;
        _sampling = SampleAsync();
    }

    /// <summary>The slowest tenth begins here, in milliseconds.</summary>
    public double Connect
    {
        get
        {
            lock (_lock)
                return _samples.Count == 0 ? 0 : _samples.Order().ElementAt(_samples.Count * 9 / 10);
        }
    }

    /// <summary>Extends a limit, in milliseconds.</summary>
    public double Extend(double limit) => limit + (Connects * Connect);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _sampling;
        _stopping.Dispose();
    }

    private async Task SampleAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            var began = Clock.Milliseconds;
            try
            {
                await using var connection = await _dataSource.OpenConnectionAsync(_stopping.Token);
                lock (_lock)
                    _samples.Add(Clock.Milliseconds - began);
                await Clock.DelayAsync(Pause, _stopping.Token);
            }
            catch (NpgsqlException)
            {
                await Task.Yield(); // The server is stopped: no sample.
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}
