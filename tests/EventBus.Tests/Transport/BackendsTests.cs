using System.Collections.Concurrent;
using EventBus.Tests.Testing;
using EventBus.Transport;

namespace EventBus.Tests.Transport;

public sealed class BackendsTests : IAsyncDisposable
{
    private readonly TestTime _time = new();
    private readonly RecordingLogger _logger = new();
    private readonly ConcurrentDictionary<int, string> _roles = new();
    private readonly Inbox<int[]> _lookUps = new();
    private readonly Inbox<bool> _changes = new();
    private readonly Backends _backends;
    private Task _gate = Task.CompletedTask;

    public BackendsTests() => _backends = new Backends(LookUpAsync, () => _changes.Add(true), _time, _logger);

    public ValueTask DisposeAsync() => _backends.DisposeAsync();

    [Fact]
    public async Task Of_unknown_backends_are_looked_up_together()
    {
        var gate = new TaskCompletionSource();
        _gate = gate.Task;
        _roles[1] = _roles[3] = "member";
        var first = _backends.Of(1);
        Assert.Equal((int[])[1], await _lookUps.NextAsync());
        for (var i = 0; i < 3; i++)
            Assert.Equal((int[])[2, 3], new[] { _backends.Of(2).Pid, _backends.Of(3).Pid });
        Assert.Null(first.Found);

        gate.SetResult();
        await _changes.NextAsync(2);
        Assert.Equal((int[])[2, 3], await _lookUps.NextAsync());
        Assert.Equal(("member", false, true), (first.Role, first.IsGone, first.IsOwn));
        Assert.Equal((null, true), (_backends.Of(2).Role, _backends.Of(2).IsGone));
        Assert.Equal("member", _backends.Of(3).Role);
        Assert.Equal(0, _lookUps.Count);
    }

    [Fact]
    public async Task Of_pid_that_had_gone_is_looked_up_again()
    {
        var backend = _backends.Of(1);
        await _changes.NextAsync();
        Assert.True(backend.IsGone);

        _roles[1] = "member";
        _time.Advance(Backends.ReuseDelay + TimeSpan.FromTicks(1));
        Assert.Same(backend, _backends.Of(1));
        await _changes.NextAsync();
        Assert.Equal("member", backend.Role);
    }

    [Fact]
    public async Task Of_pid_after_Forget_is_looked_up_again()
    {
        _roles[1] = "member";
        var before = _backends.Of(1);
        await _changes.NextAsync();
        _roles[1] = "stranger";
        Assert.Equal("member", _backends.Of(1).Role);

        _backends.Forget();
        var after = _backends.Of(1);
        await _changes.NextAsync();
        Assert.Equal(("member", "stranger"), (before.Role, after.Role));
    }

    [Fact]
    public async Task Of_failed_look_up_is_repeated()
    {
        _roles[1] = "member";
        _gate = Task.FromException(new TimeoutException("no connection"));
        var backend = _backends.Of(1);
        await _lookUps.NextAsync();
        _gate = Task.CompletedTask;
        while (backend.Found is null)
        {
            _time.Advance(Backoff.Longest);
            await Task.Yield();
        }

        Assert.Equal("member", backend.Role);
        Assert.InRange(_logger.Count(126), 1, int.MaxValue);
    }

    [Fact]
    public async Task Of_more_than_capacity_forgets_the_oldest()
    {
        _gate = new TaskCompletionSource().Task;
        var used = _backends.Of(1);
        var unused = _backends.Of(2);
        for (var pid = 3; pid < 10 * Backends.Capacity; pid++)
        {
            _backends.Of(pid);
            if (pid % 100 == 0)
                Assert.Same(used, _backends.Of(1));
        }

        Assert.NotSame(unused, _backends.Of(2));
        await _lookUps.NextAsync();
    }

    private async Task<IReadOnlyList<BackendRole>> LookUpAsync(int[] pids, CancellationToken cancellationToken)
    {
        var gate = _gate; // The test may change it as soon as it knows of the call.
        _lookUps.Add(pids);
        await gate.WaitAsync(cancellationToken);
        return [.. pids.Where(_roles.ContainsKey).Select(pid => new BackendRole(pid, _roles[pid], IsOwn: true))];
    }
}
