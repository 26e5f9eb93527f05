using EventBus.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EventBus.Transport;

/// <summary>
/// The backends that have notified this node lately. Their roles are looked up in the background, all unknown ones at once. The pump owns
/// it: <see cref="Of"/> is not thread-safe.
/// </summary>
/// <param name="lookUp">
/// Looks up the roles of backends by their pids, and leaves out backends that have gone; null: no role is known.
/// </param>
/// <param name="changed">Called on any thread when roles became known.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Logs failed look-ups.</param>
internal sealed class Backends(
    Func<int[], CancellationToken, Task<IReadOnlyList<BackendRole>>>? lookUp, Action changed, TimeProvider time, ILogger logger)
    : IAsyncDisposable
{
    /// <summary>The most backends that are kept, and the most whose roles wait to be looked up.</summary>
    public const int Capacity = 4_096;

    /// <summary>The time after which a pid that had gone is looked up again: PostgreSQL reuses pids.</summary>
    public static readonly TimeSpan ReuseDelay = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<Backend> _wanted = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly Backoff _backoff = new(Random.Shared);
    private Dictionary<int, Backend> _recent = [];
    private Dictionary<int, Backend> _older = []; // forgotten when half of the capacity was used since
    private Task _lookingUp = Task.CompletedTask;
    private bool _isLookingUp;
    private bool _isDisposed;
    private int _version;

    /// <summary>Changes when roles became known.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Returns a backend. The first call begins to look up its role.</summary>
    public Backend Of(int pid)
    {
        if (pid == 0)
            return Backend.Local;
        if (!_recent.TryGetValue(pid, out var backend))
        {
            backend = _older.GetValueOrDefault(pid) ?? new Backend(pid);
            if (_recent.Count == Capacity / 2)
            {
                (_older, _recent) = (_recent, _older);
                _recent.Clear();
            }

            _recent.Add(pid, backend);
        }

        if (backend.Found is null || (backend.IsGone && time.GetElapsedTime(backend.LookedUp) > ReuseDelay))
            Want(backend);
        return backend;
    }

    /// <summary>Forgets all backends: the server may have started again, and its process ids with it. Called by the pump.</summary>
    public void Forget()
    {
        _recent.Clear();
        _older.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        Task lookingUp;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            lookingUp = _lookingUp;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        await lookingUp.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private void Want(Backend backend)
    {
        if (lookUp is null)
            return;
        lock (_lock)
        {
            if (backend.IsWanted || _wanted.Count == Capacity || _isDisposed)
                return;
            backend.IsWanted = true;
            _wanted.Enqueue(backend);
            if (_isLookingUp)
                return;
            _isLookingUp = true;
            _lookingUp = BackgroundWork.Run(LookUpAsync);
        }
    }

    private async Task LookUpAsync()
    {
        while (TakeWanted() is { Count: > 0 } wanted)
        {
            try
            {
                var found = await lookUp!([.. wanted.Keys], _stopping.Token).ConfigureAwait(false);
                _backoff.Reset();
                Set(wanted, found);
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                // Without roles, messages are delivered all the same. The database may be back soon.
                var delay = _backoff.Next();
                logger.RolesUnknown(delay, exception);
                await Task.Delay(delay, time, _stopping.Token).ConfigureAwait(false);
                PutBack(wanted);
            }
        }
    }

    private Dictionary<int, Backend>? TakeWanted()
    {
        lock (_lock)
        {
            _isLookingUp = _wanted.Count > 0;
            var wanted = new Dictionary<int, Backend>();
            while (_wanted.TryDequeue(out var backend))
                wanted[backend.Pid] = backend;
            return wanted;
        }
    }

    private void Set(Dictionary<int, Backend> wanted, IReadOnlyList<BackendRole> found)
    {
        var roles = found.ToDictionary(static role => role.Pid);
        var now = time.GetTimestamp();
        lock (_lock)
        {
            foreach (var (pid, backend) in wanted)
            {
                backend.IsWanted = false;
                backend.LookedUp = now;
                backend.Found = roles.GetValueOrDefault(pid) ?? new BackendRole(pid, Role: null, IsOwn: false);
            }
        }

        Interlocked.Increment(ref _version);
        changed();
    }

    private void PutBack(Dictionary<int, Backend> wanted)
    {
        lock (_lock)
        {
            foreach (var backend in wanted.Values)
                _wanted.Enqueue(backend);
        }
    }
}
