using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport.Postgres;

/// <summary>Takes what waits in the queue and publishes it over one connection, in order: what waits while a statement is under way goes out together in the next one.</summary>
/// <remarks>
/// A statement that the server refuses is put back and split until the message to blame stands alone; one that is cut off leaves its messages unknown.
/// Without a connection messages wait until they expire. None outlives its timeout by more than a second.
/// </remarks>
internal sealed class PublishLoop : IAsyncDisposable
{
    /// <summary>How much later than a message's timeout its outcome may be known.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>What is kept of a message's timeout for the server, or else Npgsql, to give up a statement that hangs.</summary>
    private static readonly TimeSpan CancellationTime = TimeSpan.FromSeconds(2);

    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly IPublishConnection _connection;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly Action<bool>? _connectedChanged;
    private readonly Backoff _backoff = new(Random.Shared);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly List<PendingMessage> _batch = [];
    private readonly Lock _lock = new();
    private List<OutgoingMessage> _messages = [];
    private Exception? _lastFailure;
    private Task? _running;
    private int _suspects; // So many messages at the front of the queue hold one that the server refuses.
    private volatile bool _isDoubtful;
    private bool _isDisposed;

    /// <param name="queue">What is to be published.</param>
    /// <param name="outcomes">Who ends the messages.</param>
    /// <param name="connection">The connection, which the loop alone uses.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">What is counted, logged and reported.</param>
    /// <param name="connectedChanged">Told when the connection is there or lost.</param>
    public PublishLoop(
        PublishQueue queue,
        PublishOutcomes outcomes,
        IPublishConnection connection,
        EventBusOptions options,
        TimeProvider time,
        BusDiagnostics diagnostics,
        Action<bool>? connectedChanged)
    {
        _queue = queue;
        _outcomes = outcomes;
        _connection = connection;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _connectedChanged = connectedChanged;
    }

    /// <summary>Lets it connect. Before, messages wait, and expire.</summary>
    public void Open()
    {
        _opened.TrySetResult();
        EnsureRunning();
    }

    /// <summary>Checks the connection soon, because another one to the same server was lost.</summary>
    public void Doubt()
    {
        _isDoubtful = true;
        _queue.Wake();
    }

    /// <summary>Begins to run, unless it runs already.</summary>
    public void EnsureRunning()
    {
        if (Volatile.Read(ref _running) is not null)
            return;
        lock (_lock)
        {
            if (!_isDisposed)
                _running ??= Task.Run(RunAsync);
        }
    }

    /// <summary>Ends the loop, then what is still queued, and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            running = _running ?? Task.CompletedTask;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.Wake();

        // A statement under way mostly ends well, in an instant.
        await running.WaitAsync(Grace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cutOff.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);

        _queue.TakeAll(_batch);
        Fail(static () => new EventNotSentException("The bus or publisher was closed before the event was published.", isTransient: false));
        await _connection.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
        _cutOff.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync().ConfigureAwait(false);
            }
            catch (Exception exception) // A defect: the messages at hand have an unknown outcome, the next ones get a new connection.
            {
                _diagnostics.Logger.PublisherFailed(exception);
                Fail(() => new EventOutcomeUnknownException("Publishing failed unexpectedly.", exception));
                if (_connection.IsOpen)
                    Lose(exception);
            }
        }
    }

    private async Task RunOnceAsync()
    {
        if (!_connection.IsOpen)
        {
            await ConnectAsync().ConfigureAwait(false);
        }
        else if (_isDoubtful || (!_queue.IsEmpty && _connection.IsUnused))
        {
            await CheckAsync().ConfigureAwait(false);
        }
        else
        {
            FailExpired();
            _queue.Take(_batch, _suspects == 0 ? PublishQueue.BatchMessages : Math.Max(1, _suspects / 2), splitGroups: _suspects > 0);
            if (_batch.Count > 0)
                await PublishAsync().ConfigureAwait(false);
            else
                await _queue.WaitAsync().ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync()
    {
        var opening = OpenAsync();
        await ExpireWhileAsync(opening).ConfigureAwait(false);
        try
        {
            await opening.ConfigureAwait(false);
            _isDoubtful = false;
            _backoff.Reset();
            _connectedChanged?.Invoke(true);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception) // Whatever keeps it from opening may pass; the messages that wait learn of it when they expire.
        {
            _lastFailure = exception;
            await RetryLaterAsync(exception).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync()
    {
        await _opened.Task.WaitAsync(_stopping.Token).ConfigureAwait(false);
        await _connection.OpenAsync(_stopping.Token).ConfigureAwait(false);
    }

    private async Task CheckAsync()
    {
        _isDoubtful = false;
        var check = _connection.CheckAsync();
        await ExpireWhileAsync(check, _options.KeepAliveInterval).ConfigureAwait(false);
        if (check.IsCompletedSuccessfully)
            _connection.Used();
        else
            Lose(check.Exception?.InnerException ?? new TimeoutException("The publishing connection does not answer."), check);
    }

    private async Task PublishAsync()
    {
        foreach (var pending in _batch)
            _messages.Add(pending.Message);
        try
        {
            var left = _queue.Timeout - _time.GetElapsedTime(_batch[0].Since);
            var execution = _connection.ExecuteAsync(_messages, left - CancellationTime, _cutOff.Token);
            await execution.WaitAsync(left > -Grace ? left + Grace : TimeSpan.Zero, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!execution.IsCompleted)
                Abandon(execution, new TimeoutException("PostgreSQL did not answer in time."));
            else if (await FailureOfAsync(execution).ConfigureAwait(false) is { } failure)
                await HandleAsync(failure, _connection.Classify(failure)).ConfigureAwait(false);
            else
                Succeed();
        }
        finally
        {
            _messages.Clear();
        }
    }

    private static async Task<Exception?> FailureOfAsync(Task execution)
    {
        try
        {
            await execution.ConfigureAwait(false);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private void Succeed()
    {
        _connection.Used();
        _suspects = Math.Max(0, _suspects - _batch.Count);
        _backoff.Reset();
        _outcomes.Succeed(_batch);
    }

    private async Task HandleAsync(Exception exception, PublishFailure failure)
    {
        _lastFailure = exception;
        if (failure == PublishFailure.Unknown)
        {
            Fail(() => new EventOutcomeUnknownException("The connection was lost while the event was being published.", exception));
            Lose(exception);
        }
        else if (failure == PublishFailure.Message && _batch.Count == 1)
        {
            _suspects = 0;
            Fail(() => new EventNotSentException($"PostgreSQL refused the event: {exception.Message}", exception, isTransient: false));
        }
        else
        {
            _suspects = failure == PublishFailure.Message ? _batch.Count : 0;
            _queue.PutBack(_batch);
            _batch.Clear();
            if (failure == PublishFailure.Transient)
            {
                // It may be a standby by now, or its notification queue is full: a new connection, a little later, finds out.
                Lose(exception);
                await RetryLaterAsync(exception).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Neither the server nor Npgsql gives the statement up: the messages' callers no longer wait for them.</summary>
    private void Abandon(Task execution, TimeoutException exception)
    {
        var messages = _messages;
        _messages = [];
        foreach (var pending in _batch)
            pending.DetachMessage();
        Fail(() => new EventOutcomeUnknownException("PostgreSQL did not answer in time while the event was being published.", exception));
        Lose(exception, execution, messages);
    }

    private void Lose(Exception exception, Task? operation = null, List<OutgoingMessage>? stillUsed = null)
    {
        _connection.Abandon(operation, stillUsed);
        _lastFailure = exception;
        if (!_stopping.IsCancellationRequested)
        {
            _diagnostics.Logger.PublisherLost(exception);
            _diagnostics.Report(exception);
        }

        _connectedChanged?.Invoke(false);
    }

    private async Task RetryLaterAsync(Exception exception)
    {
        var delay = _backoff.Next();
        _diagnostics.Logger.PublisherRetries(delay, exception.Message);
        await ExpireWhileAsync(Task.Delay(delay, _time, _stopping.Token)).ConfigureAwait(false);
    }

    /// <summary>Waits for a task to end, at most for so long, and meanwhile fails what has waited too long. The task's failure is its own.</summary>
    private async Task ExpireWhileAsync(Task task, TimeSpan? limit = null)
    {
        var began = _time.GetTimestamp();
        while (!task.IsCompleted && !_stopping.IsCancellationRequested)
        {
            var left = limit - _time.GetElapsedTime(began);
            if (left <= TimeSpan.Zero)
                return;
            var untilExpiry = _queue.UntilExpiry();
            await task.WaitAsync(left < untilExpiry ? left.Value : untilExpiry, _time, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            FailExpired();
        }
    }

    private void FailExpired()
    {
        _queue.TakeExpired(_batch);
        if (_batch.Count == 0)
            return;

        var cause = _lastFailure;
        Fail(() => new EventNotSentException(
            $"The event was not published within {_options.PublishTimeout.TotalSeconds} s: {cause?.Message ?? "PostgreSQL is not there or too slow."}", cause));
    }

    private void Fail(Func<Exception> failure) => _outcomes.Fail(_batch, failure);
}
