using System.Net;
using System.Net.Sockets;

namespace EventBus.Chaos.Faults;

/// <summary>
/// A TCP proxy before the server, for one process. It stalls, drops, cuts, delays and splits what passes, and can lead to another server.
/// Thread-safe.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _lock = new();
    private readonly List<ProxyLink> _links = [];
    private readonly List<double> _attempts = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _stalled;
    private volatile bool _isDropping;
    private int _armed;
    private long _bytesUp;
    private long _bytesDown;

    public FaultProxy(int serverPort)
    {
        ServerPort = serverPort;
        _listener.Start(backlog: 1024);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>The port of the server that new connections lead to. Open ones stay with theirs.</summary>
    public int ServerPort { get; set; }

    /// <summary>Whether new connections are closed at once.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>The time by which each chunk is delayed.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Whether chunks are split, also in the middle of a message.</summary>
    public bool IsSplitting { get; set; }

    /// <summary>The bytes that passed in both directions.</summary>
    public long Bytes => Interlocked.Read(ref _bytesUp) + Interlocked.Read(ref _bytesDown);

    /// <summary>A cut that was armed and has not happened.</summary>
    public bool IsArmed => Volatile.Read(ref _armed) != 0;

    public ProxyLink[] Links
    {
        get
        {
            lock (_lock)
                return [.. _links];
        }
    }

    /// <summary>From now on nothing passes, and nothing is closed: links and new connections are dead.</summary>
    public void Stall() => _stalled ??= new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume()
    {
        var stalled = _stalled;
        _stalled = null;
        stalled?.SetResult();
    }

    /// <summary>From now on everything that is sent disappears, and nothing is closed, as behind a firewall that drops packets.</summary>
    public void Drop() => _isDropping = true;

    /// <summary>New connections pass again. The links that have lost bytes are reset.</summary>
    public void EndDropping()
    {
        _isDropping = false;
        foreach (var link in Links.Where(static link => link.HasLostBytes))
            link.Dispose();
    }

    /// <summary>Cuts the connection at the next statement that publishes.</summary>
    public void Arm(Cut cut) => Volatile.Write(ref _armed, (int)cut);

    /// <summary>The most connection attempts within one second, since a moment of <see cref="Clock"/>.</summary>
    public int MostAttemptsPerSecond(double since)
    {
        double[] attempts;
        lock (_lock)
            attempts = [.. _attempts.Where(at => at >= since)];
        var (most, first) = (0, 0);
        for (var last = 0; last < attempts.Length; last++)
        {
            while (attempts[last] - attempts[first] > 1_000)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        Resume();
        foreach (var link in Links)
            link.Dispose();
        await _accepting;
        _stopping.Dispose();
    }

    internal Cut TakeArmed() => (Cut)Interlocked.Exchange(ref _armed, 0);

    /// <returns>Whether the chunk passes.</returns>
    internal async ValueTask<bool> MayPassAsync(int bytes, bool isUp)
    {
        if (_isDropping)
            return false;
        if (_stalled is { } stalled)
            await stalled.Task;
        if (Delay > TimeSpan.Zero)
            await Task.Delay(Delay, TimeProvider.System);
        Interlocked.Add(ref isUp ? ref _bytesUp : ref _bytesDown, bytes);
        return true;
    }

    private async Task AcceptAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            Socket client;
            try
            {
                client = await _listener.AcceptSocketAsync(_stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                continue; // The listener was stopped, or the client has gone already.
            }

            lock (_lock)
                _attempts.Add(Clock.Milliseconds);
            if (IsRefusing)
                client.Close(0);
            else
                _ = ServeAsync(client);
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var link = new ProxyLink(this, client);
        lock (_lock)
            _links.Add(link);
        await link.RunAsync(ServerPort);
        lock (_lock)
            _links.Remove(link);
    }
}
