using System.Security.Cryptography;
using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.InMemory;

/// <summary>
/// Publishes to an <see cref="InMemoryDatabase"/>, in one order. While the database is not available, messages wait until they expire.
/// </summary>
/// <remarks>A caller that finds the loop idle runs it, so an event is usually committed when the call that emits it returns.</remarks>
internal sealed class InMemoryPublisher : IPublishPipeline
{
    private readonly InMemoryDatabase _database;
    private readonly TimeProvider _time;
    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly PublishBatch _batch;
    private readonly Action<bool>? _connectedChanged;
    private readonly Lock _stateLock = new();
    private readonly ITimer _expiry;
    private readonly Task _loop;
    private readonly int _pid;
    private volatile bool _isOpen;
    private volatile bool _isStopping;

    public InMemoryPublisher(
        InMemoryDatabase database,
        EventBusOptions options,
        TimeProvider time,
        BusDiagnostics diagnostics,
        Action<bool>? connectedChanged = null,
        bool isNode = false)
    {
        _database = database;
        _time = time;
        _connectedChanged = connectedChanged;
        _queue = new PublishQueue(
            options.PublishQueueMessages, options.PublishQueueBytes, options.PublishWaitingBytes, options.PublishTimeout, time);
        _outcomes = new PublishOutcomes(_queue, options, time, diagnostics, isNode);
        diagnostics.Metrics.Observe("publish", () => _queue.Count);
        _batch = new PublishBatch(_queue, _outcomes);
        _expiry = time.CreateBackgroundTimer(
            static publisher => ((InMemoryPublisher)publisher!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _pid = _database.Add(this);
        _loop = BackgroundWork.Run(RunAsync);
    }

    /// <summary>The id of this pipeline, which the key of each message contains.</summary>
    public string Source { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Open();
        return _database.IsDown
            ? Task.FromException(new EventBusStartException("The in-memory cluster is down.", isTransient: true))
            : Task.CompletedTask;
    }

    /// <summary>Starts to publish, beginning with the messages that are already queued.</summary>
    public void Open()
    {
        _isOpen = true;
        Wake();
    }

    /// <summary>Tries to publish the messages that wait. The database calls it when its state has changed.</summary>
    public void Wake()
    {
        lock (_stateLock)
            _connectedChanged?.Invoke(_isOpen && !_database.IsDown);
        _queue.Wake();
    }

    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken) =>
        _queue.EnqueueAsync(message, cancellationToken);

    public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages) => _outcomes.TryPost(messages);

    public void PostLast(params ReadOnlySpan<OutgoingMessage> messages) => _queue.PostLast(messages);

    public Task DrainAsync(CancellationToken cancellationToken) => _outcomes.DrainAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _database.Remove(_pid);
        _isStopping = true;
        Wake();
        await _loop.ConfigureAwait(false);
        await _expiry.DisposeAsync().ConfigureAwait(false);
        _outcomes.FailRest();
    }

    private async Task RunAsync()
    {
        while (!_isStopping)
        {
            _outcomes.FailExpired(CauseOfDelay());
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
                // A caller that emits one event must not go on publishing the events of all others.
                await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            }
        }
    }

    /// <returns>False if nothing can be published now.</returns>
    private bool TryPublish()
    {
        if (!_isOpen)
            return false;
        if (!_batch.TryTake())
            return true; // All messages were cancelled meanwhile.

        _batch.Begin();
        switch (_database.Commit(_batch.Messages, _pid, Source, _time.GetUtcNow()))
        {
            case CommitOutcome.Committed:
                _batch.Succeed();
                return true;
            case CommitOutcome.Unknown:
                _batch.Fail(() => _outcomes.Unknown("The connection was lost while the event was being published."));
                return true;
            case CommitOutcome.Rejected:
                _batch.Reject(static () => new EventNotSentException(
                    $"The event was rejected: its notification has {EventBusDefaults.PayloadThreshold} bytes or more.",
                    isTransient: false));
                return true;
            default:
                _batch.PutBack();
                return false;
        }
    }

    private string CauseOfDelay()
    {
        if (!_isOpen)
            return "the bus has not started.";
        return _database.IsDown ? "the in-memory cluster is down." : "the receive queue of a node is full.";
    }
}
