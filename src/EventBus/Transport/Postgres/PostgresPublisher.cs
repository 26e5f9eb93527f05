using System.Security.Cryptography;
using EventBus.Diagnostics;
using EventBus.Wire;
using Npgsql;

namespace EventBus.Transport.Postgres;

/// <summary>Publishes over one connection, in one order: what waits while a statement is under way goes out together in the next one.</summary>
/// <remarks>
/// One loop owns the connection. A statement that the server refuses is put back and split until the message to blame stands alone; one that is cut
/// off leaves its messages unknown. Without a connection messages wait until they expire. None outlives its timeout by more than a second.
/// </remarks>
internal sealed class PostgresPublisher : IPublishPipeline
{
    /// <summary>How much later than a message's timeout its outcome may be known.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>What is kept of a message's timeout for the server, or else Npgsql, to give up a statement that hangs.</summary>
    private static readonly TimeSpan CancellationTime = TimeSpan.FromSeconds(2);

    /// <summary>A connection that has not been used for so long is checked first: a message that finds it dead would be unknown.</summary>
    private static readonly TimeSpan Unused = TimeSpan.FromSeconds(1);

    private readonly NpgsqlDataSource _dataSource;
    private readonly TransportOptions _options;
    private readonly TimeProvider _time;
    private readonly BusDiagnostics _diagnostics;
    private readonly Action<bool>? _connectedChanged;
    private readonly AttachmentSchema _schema;
    private readonly TransactionPublisher _transactions;
    private readonly PublishQueue _queue;
    private readonly PublishOutcomes _outcomes;
    private readonly Backoff _backoff = new(Random.Shared);
    private readonly AbandonedConnections _abandoned = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cutOff = new();
    private readonly Lock _lock = new();
    private readonly List<PendingMessage> _batch = [];
    private List<OutgoingMessage> _messages = [];
    private NpgsqlConnection? _connection;
    private PublishStatement? _statement;
    private Exception? _lastFailure;
    private Task? _loop;
    private long _lastUse;
    private int _suspects; // So many messages at the front of the queue hold one that the server refuses.
    private volatile bool _isDoubtful;
    private bool _isDisposed;

    /// <param name="dataSource">Where connections come from; it is not disposed.</param>
    /// <param name="options">The settings.</param>
    /// <param name="time">The clock.</param>
    /// <param name="diagnostics">What is counted, logged and reported.</param>
    /// <param name="connectedChanged">Told when the connection is there or lost.</param>
    public PostgresPublisher(
        NpgsqlDataSource dataSource, TransportOptions options, TimeProvider time, BusDiagnostics diagnostics, Action<bool>? connectedChanged = null)
    {
        _dataSource = dataSource;
        _options = options;
        _time = time;
        _diagnostics = diagnostics;
        _connectedChanged = connectedChanged;
        _schema = new AttachmentSchema(options.TableName);
        _transactions = new TransactionPublisher(dataSource, options.PublishTimeout, time);
        _queue = new PublishQueue(options.PublishQueueMessages, options.PublishQueueBytes, options.PublishTimeout, time);
        _outcomes = new PublishOutcomes(_queue, options, time, diagnostics);
    }

    /// <summary>The id of this pipeline, in every message's key.</summary>
    public string Source { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            var table = await StartProbe.CheckPublisherAsync(_dataSource, _schema, _options, _diagnostics.Logger, cancellationToken).ConfigureAwait(false);
            Open(table?.Name);
        }
        catch
        {
            Open();
            throw;
        }
    }

    /// <summary>Begins to publish; what was queued before goes out.</summary>
    /// <param name="table">The attachment table, quoted and with its schema, where it is known.</param>
    public void Open(string? table = null)
    {
        _transactions.Open(table ?? _schema.Table);
        _started.TrySetResult();
        EnsureRunning();
    }

    /// <summary>Checks the connection soon, because another one to the same server was lost.</summary>
    public void Doubt()
    {
        _isDoubtful = true;
        _queue.Wake();
    }

    public ValueTask PublishAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        EnsureRunning();
        return _queue.EnqueueAsync(message, cancellationToken);
    }

    public async ValueTask PublishWithinAsync(NpgsqlTransaction transaction, OutgoingMessage message, CancellationToken cancellationToken)
    {
        using (message)
        {
            if (_queue.IsClosed)
                throw new EventBusClosedException("The bus or publisher is closed: it publishes no more.");
            await _transactions.PublishAsync(transaction, message, cancellationToken).ConfigureAwait(false);
        }
    }

    public bool TryPost(params ReadOnlySpan<OutgoingMessage> messages)
    {
        EnsureRunning();
        return _outcomes.TryPost(messages);
    }

    public void PostLast(params ReadOnlySpan<OutgoingMessage> messages)
    {
        EnsureRunning();
        _queue.PostLast(messages);
    }

    public Task DrainAsync(CancellationToken cancellationToken) => _outcomes.DrainAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        Task loop;
        lock (_lock)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            loop = _loop ?? Task.CompletedTask;
        }

        await _stopping.CancelAsync().ConfigureAwait(false);
        _queue.Wake();

        // A statement under way mostly ends well, in an instant.
        await loop.WaitAsync(Grace, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _cutOff.CancelAsync().ConfigureAwait(false);
        await loop.ConfigureAwait(false);

        _queue.TakeAll(_batch);
        Fail(static () => new EventNotSentException("The bus or publisher was closed before the event was published.", isTransient: false));
        _statement?.Dispose();
        if (_connection is not null)
            await _connection.CloseQuietlyAsync().ConfigureAwait(false);
        await _abandoned.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
        _cutOff.Dispose();
    }

    private void EnsureRunning()
    {
        if (Volatile.Read(ref _loop) is not null)
            return;
        lock (_lock)
        {
            if (!_isDisposed)
                _loop ??= Task.Run(RunAsync);
        }
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
                if (_connection is { } connection)
                    Lose(connection, exception);
            }
        }
    }

    private async Task RunOnceAsync()
    {
        if (_connection is null)
        {
            await ConnectAsync().ConfigureAwait(false);
        }
        else if (_isDoubtful || (!_queue.IsEmpty && _time.GetElapsedTime(_lastUse) > Unused))
        {
            await CheckAsync(_connection).ConfigureAwait(false);
        }
        else
        {
            FailExpired();
            _queue.Take(_batch, _suspects == 0 ? PublishQueue.BatchMessages : Math.Max(1, _suspects / 2), splitGroups: _suspects > 0);
            if (_batch.Count > 0)
                await PublishAsync(_connection, _statement!).ConfigureAwait(false);
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
            _connection = await opening.ConfigureAwait(false);
            _statement = new PublishStatement(_connection, _schema);
            _lastUse = _time.GetTimestamp();
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

    private async Task<NpgsqlConnection> OpenAsync()
    {
        await _started.Task.WaitAsync(_stopping.Token).ConfigureAwait(false);
        var connection = await _dataSource.OpenConnectionAsync(_stopping.Token).ConfigureAwait(false);
        try
        {
            // A notification queue that was full stays so, when whoever filled it has gone, until somebody asks.
            var command = new NpgsqlCommand("SELECT pg_notification_queue_usage()", connection) { CommandTimeout = _options.KeepAliveInterval.ToWholeSeconds() };
            await using (command.ConfigureAwait(false))
                await command.ExecuteNonQueryAsync(_stopping.Token).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            await connection.CloseQuietlyAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task CheckAsync(NpgsqlConnection connection)
    {
        _isDoubtful = false;
        var check = connection.CheckAsync(_options.KeepAliveInterval);
        await ExpireWhileAsync(check, _options.KeepAliveInterval).ConfigureAwait(false);
        if (check.IsCompletedSuccessfully)
            _lastUse = _time.GetTimestamp();
        else
            Lose(connection, check.Exception?.InnerException ?? new TimeoutException("The publishing connection does not answer."), check);
    }

    private async Task PublishAsync(NpgsqlConnection connection, PublishStatement statement)
    {
        foreach (var pending in _batch)
            _messages.Add(pending.Message);
        try
        {
            var left = _queue.Timeout - _time.GetElapsedTime(_batch[0].Since);
            var execution = statement.ExecuteAsync(_messages, left - CancellationTime, _cutOff.Token);
            await execution.WaitAsync(left > -Grace ? left + Grace : TimeSpan.Zero, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!execution.IsCompleted)
                Abandon(connection, execution, new TimeoutException("PostgreSQL did not answer in time."));
            else if (await FailureOfAsync(execution).ConfigureAwait(false) is { } failure)
                await HandleAsync(failure, connection, statement.Classify(failure)).ConfigureAwait(false);
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
        _lastUse = _time.GetTimestamp();
        _suspects = Math.Max(0, _suspects - _batch.Count);
        _backoff.Reset();
        _outcomes.Succeed(_batch);
    }

    private async Task HandleAsync(Exception exception, NpgsqlConnection connection, PublishFailure failure)
    {
        _lastFailure = exception;
        if (failure == PublishFailure.Unknown)
        {
            Fail(() => new EventOutcomeUnknownException("The connection was lost while the event was being published.", exception));
            Lose(connection, exception);
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
                Lose(connection, exception);
                await RetryLaterAsync(exception).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Neither the server nor Npgsql gives the statement up: the messages' callers no longer wait for them.</summary>
    private void Abandon(NpgsqlConnection connection, Task execution, TimeoutException exception)
    {
        var messages = _messages;
        _messages = [];
        foreach (var pending in _batch)
            pending.DetachMessage();
        Fail(() => new EventOutcomeUnknownException("PostgreSQL did not answer in time while the event was being published.", exception));
        Lose(connection, exception, execution, messages);
    }

    private void Lose(NpgsqlConnection connection, Exception exception, Task? operation = null, List<OutgoingMessage>? stillUsed = null)
    {
        _abandoned.Add(connection, operation ?? Task.CompletedTask, [_statement!, .. stillUsed ?? []]);
        _connection = null;
        _statement = null;
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
