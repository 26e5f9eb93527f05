using System.Runtime.CompilerServices;
using EventBus.Diagnostics;
using EventBus.Transport.Connections;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>
/// Publishes the messages of the queue over one connection, in order. Messages that wait while a statement runs are published together in
/// the next statement.
/// </summary>
/// <remarks>
/// If the server rejects a statement, its messages are put back and split until the rejected message is alone. If it rejects attachments
/// for a transient cause, or the journal, but accepts notifications, the messages of that form fail and all others are published. If the
/// connection is lost, the outcome of its messages is unknown. Without a connection, messages wait until they expire. Each message has an
/// outcome at most one second after its timeout.
/// </remarks>
internal sealed class PublishLoop : IAsyncDisposable
{
    /// <summary>A channel that nobody listens to, for a notification that shows whether the server accepts any.</summary>
    private const string CheckChannel = "eventbus-check";

    /// <summary>The time after a message's timeout within which it must have an outcome.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>The end of a message's timeout, reserved for the server or Npgsql to cancel a statement that hangs.</summary>
    private static readonly TimeSpan CancellationTime = TimeSpan.FromSeconds(2);

    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly PublishBatch _batch;
    private readonly FormPauses _pauses;
    private readonly IPublishConnection _connection;
    private readonly EventBusOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly Action<bool>? _connectedChanged;
    private readonly LimitedWait _wait;
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly Lock _lock = new();
    private readonly Func<FormPause, Func<Exception>> _failureOfPause;
    private Exception? _lastFailure;
    private (MessageForm Form, Exception Cause)? _rejection; // Such messages were put back. The cause is not known to be theirs.
    private Task? _running;
    private bool _isProven; // The connection has done something since it was opened.
    private readonly RequestedChecks _checks = new();
    private volatile string? _reopenCause;
    private bool _isDisposed;

    /// <param name="queue">The messages to publish.</param>
    /// <param name="outcomes">Completes the messages.</param>
    /// <param name="connection">The connection. Only the loop uses it.</param>
    /// <param name="options">The options of the bus or publisher.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">Counts, logs and reports.</param>
    /// <param name="connectedChanged">Called when the connection is open, and when it is lost.</param>
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
        _batch = new PublishBatch(queue, outcomes);
        _pauses = new FormPauses(time, diagnostics.Logger);
        _connection = connection;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _connectedChanged = connectedChanged;
        _wait = new LimitedWait(time);
        _failureOfPause = pause => FormFailure(pause.Form, pause.Cause!); // once, because each statement asks
    }

    /// <summary>Allows the loop to connect. Until then messages wait, and expire.</summary>
    public void Open()
    {
        _opened.TrySetResult();
        EnsureRunning();
    }

    /// <summary>Makes the loop check its connection soon, because another connection to the same server was lost.</summary>
    public void RequestCheck()
    {
        _checks.Request();
        _queue.Wake();
    }

    /// <summary>Makes the loop open a new connection, because the old one may lead to another server than the address.</summary>
    public void RequestReopen(string cause)
    {
        _reopenCause = cause;
        _queue.Wake();
    }

    /// <summary>Sends an empty notification over the publishing connection, between two statements.</summary>
    /// <returns>A task that completes when it is committed, and is cancelled if it is not.</returns>
    public Task NotifyAsync(string channel)
    {
        var sent = _checks.RequestNotification(channel);
        _queue.Wake();
        return sent;
    }

    /// <summary>Starts the loop if it does not run yet.</summary>
    public void EnsureRunning()
    {
        if (Volatile.Read(ref _running) is not null)
            return;
        lock (_lock)
        {
            if (!_isDisposed)
                _running ??= BackgroundWork.Run(RunAsync);
        }
    }

    /// <summary>Ends the loop, fails the messages that are still queued, and closes the connection.</summary>
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

        // A running statement is usually committed within a moment.
        await running.WaitAsync(Grace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cutOff.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);

        _checks.Cancel();
        _outcomes.FailRest();
        await _connection.DisposeAsync().ConfigureAwait(false);
        await _wait.DisposeAsync().ConfigureAwait(false);
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
            catch (Exception exception) // A defect: the outcome of this batch is unknown, and the next one gets a new connection.
            {
                _diagnostics.Logger.PublisherFailed(exception);
                _batch.Fail(() => _outcomes.Unknown("Publishing failed unexpectedly.", exception));
                if (_connection.IsOpen)
                    Lose(exception);
            }
        }
    }

    // The methods that run once for each statement use pooled state, so that a statement allocates nothing for its messages.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask RunOnceAsync()
    {
        if (!_connection.IsOpen)
        {
            await ConnectAsync().ConfigureAwait(false);
        }
        else if (_reopenCause is { } reopening)
        {
            var isProven = _isProven;
            Lose(new IOException(reopening));
            if (!isProven) // Servers that disagree must not make it connect without a pause.
                await RetryLaterAsync(new IOException(reopening)).ConfigureAwait(false);
        }
        else if (_rejection is var (form, cause))
        {
            await CheckFormAsync(form, cause).ConfigureAwait(false);
        }
        else if (_checks.IsRequested)
        {
            await CheckAsync().ConfigureAwait(false);
        }
        else
        {
            FailExpired();
            if (!_batch.TryTake())
                await _queue.WaitAsync().ConfigureAwait(false);
            else if (_connection.IsUnused && !_batch.HasOnlyHeartbeats)
                await CheckFirstAsync().ConfigureAwait(false);
            else if (MayTry())
                await PublishAsync().ConfigureAwait(false);
        }
    }

    /// <summary>During a pause the messages of its form fail without being tried.</summary>
    /// <returns>Whether messages are left.</returns>
    private bool MayTry() => _pauses.TryKeepOthers(_batch, _failureOfPause);

    private async Task ConnectAsync()
    {
        // A new connection needs no check. A notification that is requested while it is opened is sent over it.
        _checks.Cancel();
        var opening = OpenAsync();
        await ExpireWhileAsync(opening).ConfigureAwait(false);
        try
        {
            await opening.ConfigureAwait(false);
            _reopenCause = null;
            _isProven = false;
            _connectedChanged?.Invoke(true);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception) // Any cause may be transient. The exception of messages that expire meanwhile names it.
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

    /// <summary>Checks the connection before it publishes the batch. A heartbeat is a check itself.</summary>
    private Task CheckFirstAsync()
    {
        _batch.Return();
        return CheckAsync();
    }

    private async Task CheckAsync()
    {
        var notification = _checks.Take();
        var check = notification is null ? _connection.CheckAsync() : _connection.NotifyAsync(notification.Channel);
        await ExpireWhileAsync(check, _options.KeepAliveInterval).ConfigureAwait(false);
        if (check.IsCompletedSuccessfully)
        {
            Used();
            notification?.TrySetResult();
        }
        else
        {
            Lose(check.Exception?.InnerException ?? new TimeoutException("The publishing connection does not respond."), check);
            notification?.TrySetCanceled();
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask PublishAsync()
    {
        _batch.Begin();
        var left = _queue.Timeout - _time.GetElapsedTime(_batch.Since);
        var execution = _connection.ExecuteAsync(
            _batch.Messages, left - CancellationTime, _pauses.LockTimeout(_batch), _cutOff.Token);
        var limit = left + Grace;
        if (_options.KeepAliveInterval < limit && _batch.HasOnlyHeartbeats)
            limit = _options.KeepAliveInterval;
        await _wait.ForAsync(execution, limit).ConfigureAwait(false);
        if (!execution.IsCompleted)
            Abandon(execution, new TimeoutException("PostgreSQL did not respond in time."));
        else if (FailureOf(execution) is { } failure)
            await HandleAsync(failure, _connection.Classify(failure)).ConfigureAwait(false);
        else
            Succeed();
    }

    /// <summary>The failure of a statement that has ended; null if it has succeeded.</summary>
    private static Exception? FailureOf(Task execution) => execution.IsCompletedSuccessfully
        ? null
        : execution.Exception?.InnerException ?? new TaskCanceledException(execution);

    private void Succeed()
    {
        Used();
        _pauses.Published(_batch);
        _batch.Succeed();
    }

    private void Used()
    {
        _connection.Used();
        _isProven = true;
    }

    private async Task HandleAsync(Exception exception, PublishFailure failure)
    {
        _lastFailure = exception;
        if (failure == PublishFailure.Unknown)
        {
            var isRepeated = _batch.HasOnlyHeartbeats;
            _connection.MarkUnknown();
            FailUnknown("The connection was lost while the event was being published.", exception);
            Lose(exception);

            // A connection that was dead already is replaced at once. But a heartbeat can be the cause, and ends the next one, too.
            if (isRepeated && !_isProven)
                await RetryLaterAsync(exception).ConfigureAwait(false);
            return;
        }

        // Npgsql breaks the connection after some errors, although they are about the statement.
        var isBroken = !_connection.IsUsable;
        if (isBroken)
            Lose(exception);
        if (_batch.NeedsRows && (isBroken || failure is PublishFailure.Transient or PublishFailure.Journal))
        {
            RejectRows(exception);
        }
        else if (failure == PublishFailure.Message)
        {
            _batch.Reject(() => new EventNotSentException(
                $"PostgreSQL rejected the event: {exception.Message}", exception, isTransient: false));
        }
        else
        {
            // The server may be a standby by now, or its notification queue is full: a new connection, a little later, shows it.
            _batch.PutBack();
            if (!isBroken)
                Lose(exception);
            await RetryLaterAsync(exception).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The first rejection separates the forms and repeats them. If a form alone is rejected too, or was rejected before, its messages fail
    /// unless notifications are rejected as well.
    /// </summary>
    private void RejectRows(Exception exception)
    {
        if (_batch.OnlyFormWithRows is { } form && (_pauses.Of(form).Cause is not null || (_batch.IsRepeated && !_batch.IsMixed)))
            _rejection = (form, exception);
        _batch.Repeat();
    }

    private async Task CheckFormAsync(MessageForm form, Exception rejection)
    {
        _rejection = null;
        var check = _connection.NotifyAsync(CheckChannel);
        await ExpireWhileAsync(check, _options.KeepAliveInterval).ConfigureAwait(false);
        if (check.IsCompletedSuccessfully)
        {
            Used();
            _pauses.Of(form).Begin(rejection);
            _batch.FailRepeated(form, FormFailure(form, rejection));
            return;
        }

        _batch.EndSearch();
        var cause = check.Exception?.InnerException ?? new TimeoutException("The publishing connection does not respond.");
        Lose(cause, check);
        await RetryLaterAsync(cause).ConfigureAwait(false);
    }

    private Func<Exception> FormFailure(MessageForm form, Exception rejection)
    {
        var isJournaled = (form & MessageForm.Journaled) != 0;
        var failed = isJournaled ? "The event could not be written to the journal" : "PostgreSQL rejected the attachment of the event";
        return () => new EventNotSentException(
            $"{failed}: {rejection.Message.TrimEnd('.')}.{_outcomes.Repetition}",
            rejection,
            isTransient: rejection is not (PostgresException { MayPass: false } or EventBusException { IsTransient: false }));
    }

    /// <summary>Neither the server nor Npgsql ended the statement in time, so the callers of its messages wait no longer.</summary>
    private void Abandon(Task execution, TimeoutException exception)
    {
        _connection.MarkUnknown();
        var messages = _batch.DetachAttachments();
        FailUnknown("PostgreSQL did not respond in time while the event was being published.", exception);
        Lose(exception, execution, messages);
    }

    /// <summary>The messages may be committed. Heartbeats are published again.</summary>
    private void FailUnknown(string text, Exception exception)
    {
        if (_batch.HasOnlyHeartbeats)
            _batch.PutBack();
        else
            _batch.Fail(() => _outcomes.Unknown(text, exception));
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
        var delay = _connection.Postpone();
        _diagnostics.Logger.PublisherRetries(delay, exception.Message);
        await ExpireWhileAsync(Task.Delay(delay, _time, _stopping.Token)).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits until a task has ended or a limit has passed, and meanwhile fails messages that expire. Does not throw if the task fails.
    /// </summary>
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

    private void FailExpired() =>
        _outcomes.FailExpired(CauseOfDelay(), _lastFailure);

    private string CauseOfDelay()
    {
        if (_lastFailure is not null)
            return _lastFailure.Message;
        return _opened.Task.IsCompleted ? "PostgreSQL is not reachable or too slow." : "the bus has not started.";
    }
}
