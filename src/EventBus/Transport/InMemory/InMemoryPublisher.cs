using System.Security.Cryptography;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.InMemory;

/// <summary>Publishes into an <see cref="InMemoryDatabase"/>, in one order; while that takes nothing, messages wait until they expire.</summary>
/// <remarks>Whoever finds the loop idle does its work, so an emit is mostly committed when its call returns.</remarks>
internal sealed class InMemoryPublisher : IPublishPipeline
{
    private readonly InMemoryDatabase _database;
    private readonly EventBusOptions _options;
    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly List<PendingMessage> _batch = [];
    private readonly ITimer _expiry;
    private readonly Task _loop;
    private int _suspects; // So many messages at the front of the queue hold one that is refused.
    private volatile bool _isOpen;
    private volatile bool _isStopping;

    public InMemoryPublisher(InMemoryDatabase database, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
    {
        _database = database;
        _options = options;
        _queue = new PublishQueue(options.PublishQueueMessages, options.PublishQueueBytes, options.PublishTimeout, time);
        _outcomes = new PublishOutcomes(_queue, options, time, diagnostics);
        _expiry = time.CreateTimer(static publisher => ((InMemoryPublisher)publisher!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _database.Add(this);
        _loop = RunAsync();
    }

    /// <summary>The id of this pipeline, in every message's key.</summary>
    public string Source { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Open();
        return _database.IsDown
            ? Task.FromException(new EventBusStartException("The in-memory cluster is down.", isTransient: true))
            : Task.CompletedTask;
    }

    /// <summary>Begins to publish; what was queued before goes out.</summary>
    public void Open()
    {
        _isOpen = true;
        Wake();
    }

    /// <summary>Tries to publish what waits.</summary>
    public void Wake() => _queue.Wake();

    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken) => _queue.EnqueueAsync(message, cancellationToken);

    public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages) => _outcomes.TryPost(messages);

    public void PostLast(params ReadOnlySpan<OutgoingMessage> messages) => _queue.PostLast(messages);

    public Task DrainAsync(CancellationToken cancellationToken) => _outcomes.DrainAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _database.Remove(this);
        _isStopping = true;
        Wake();
        await _loop.ConfigureAwait(false);
        await _expiry.DisposeAsync().ConfigureAwait(false);
        _queue.TakeAll(_batch);
        _outcomes.Fail(_batch, static () => new EventNotSentException("The bus or publisher was closed before the event was published.", isTransient: false));
    }

    private async Task RunAsync()
    {
        while (!_isStopping)
        {
            FailExpired();
            if (_queue.IsEmpty)
            {
                await _queue.WaitAsync().ConfigureAwait(false);
            }
            else if (!TryPublish())
            {
                _expiry.Change(_queue.UntilExpiry(), Timeout.InfiniteTimeSpan);
                await _queue.WaitAsync().ConfigureAwait(false);
            }
            else if (!_queue.IsEmpty)
            {
                // Who emits one event must not go on publishing those of all others.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
    }

    private bool TryPublish()
    {
        if (!_isOpen)
            return false;

        _queue.Take(_batch, _suspects > 0 ? 1 : PublishQueue.BatchMessages, splitGroups: _suspects > 0);
        if (_batch.Count == 0)
            return true; // They were cancelled meanwhile.

        var outcome = _database.Commit(_batch);
        switch (outcome)
        {
            case CommitOutcome.Committed:
                _suspects = Math.Max(0, _suspects - _batch.Count);
                _outcomes.Succeed(_batch);
                break;
            case CommitOutcome.Unknown:
                _outcomes.Fail(_batch, static () => new EventOutcomeUnknownException("The connection was lost while the event was being published."));
                break;
            case CommitOutcome.Refused when _batch.Count == 1:
                _suspects = 0;
                _outcomes.Fail(_batch, static () => new EventNotSentException(
                    $"The event was refused: its notification has {EventBusDefaults.PayloadThreshold} bytes or more.", isTransient: false));
                break;
            default:
                _suspects = outcome == CommitOutcome.Refused ? _batch.Count : 0;
                _queue.PutBack(_batch);
                _batch.Clear();
                return outcome == CommitOutcome.Refused;
        }

        return true;
    }

    private void FailExpired()
    {
        _queue.TakeExpired(_batch);
        if (_batch.Count == 0)
            return;
        var cause = _isOpen ? _database.IsDown ? "the in-memory cluster is down" : "the receive queue of a node is full" : "the bus was not started";
        _outcomes.Fail(_batch, () => new EventNotSentException($"The event was not published within {_options.PublishTimeout.TotalSeconds} s: {cause}."));
    }
}
