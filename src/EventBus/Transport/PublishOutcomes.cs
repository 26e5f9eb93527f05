using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Completes the messages of a publish queue, and counts, logs and reports their outcomes.</summary>
/// <param name="queue">The queue.</param>
/// <param name="options">The options of the bus or publisher.</param>
/// <param name="time">The clock.</param>
/// <param name="diagnostics">Counts, logs and reports.</param>
/// <param name="isNode">Whether the sockets of this process have an event before it is published.</param>
internal sealed class PublishOutcomes(
    PublishQueue queue, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics, bool isNode = false)
{
    private readonly Episode _failures = new(time);
    private readonly Episode _rejections = new(time);
    private readonly List<PendingMessage> _expired = [];

    /// <summary>A sentence for events that may be emitted again; empty if nobody has them.</summary>
    public string Repetition { get; } = isNode
        ? " Sockets of this process that the event was sent to have it already: if you emit it again, they receive it twice."
        : "";

    /// <summary>The failure of messages that may be committed.</summary>
    public EventOutcomeUnknownException Unknown(string text, Exception? innerException = null) =>
        new($"{text} Other nodes may receive it: if you emit it again, they may receive it twice.{Repetition}", innerException);

    /// <summary>
    /// Adds messages whose outcome no caller awaits. If there is no place for them, their events are counted as dropped. A closed queue
    /// rejects them.
    /// </summary>
    public bool TryPost(ReadOnlySpan<OutgoingMessage> messages)
    {
        var events = 0;
        foreach (var message in messages)
            events += message.IsEvent ? 1 : 0;
        if (queue.TryPost(messages))
            return true;
        if (queue.IsClosed)
            return false;

        diagnostics.Dropped.Add(events);
        if (_rejections.Begins())
            diagnostics.Logger.PublishQueueFull(options.PublishQueueMessages, options.PublishQueueBytes);
        return false;
    }

    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await queue.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            diagnostics.Logger.DrainCutShort();
        }
    }

    /// <summary>A statement with the messages begins. Their wait ends with the first one.</summary>
    public void Begin(List<PendingMessage> batch)
    {
        if (!diagnostics.Observer.SeesSending)
            return;
        foreach (var pending in batch)
        {
            if (pending.HasBegun || pending.Trace is not { } trace)
                continue;
            pending.HasBegun = true;
            trace.ReportDropped();
            diagnostics.Metrics.Waited("publish", pending.Since, trace.Labels);
        }
    }

    /// <summary>The messages are committed. Clears the batch.</summary>
    public void Succeed(List<PendingMessage> batch)
    {
        Measure(batch);
        diagnostics.Metrics.Committed(batch.Count);
        var (events, attached) = (0, 0);
        foreach (var pending in batch)
        {
            events += pending.IsEvent ? 1 : 0;
            attached += pending.IsAttached ? 1 : 0;
        }

        diagnostics.Published.Add(events);
        diagnostics.Attached.Add(attached);
        diagnostics.Inline.Add(batch.Count - attached);
        queue.Complete(batch);
    }

    /// <summary>The messages were not sent, or their outcome is unknown. Clears the batch.</summary>
    public void Fail(List<PendingMessage> batch, Func<Exception> failure)
    {
        if (batch.Count == 0)
            return;

        Measure(batch, failure);
        diagnostics.PublishFailures.Add(batch.Count);
        foreach (var pending in batch)
        {
            if (pending.Completion is not null)
                continue;
            var exception = failure();
            if (_failures.Begins())
                diagnostics.Logger.PostFailed(exception);
            diagnostics.Report(exception);
        }

        queue.Complete(batch, failure);
    }

    /// <summary>Fails the messages that were not published in time. Only the loop calls it.</summary>
    /// <param name="cause">The reason, for the message of the exception.</param>
    /// <param name="innerException">The failure that prevented publishing, if there was one.</param>
    public void FailExpired(string cause, Exception? innerException = null)
    {
        queue.TakeExpired(_expired);
        if (_expired.Count > 0)
        {
            var limit = options.PublishTimeout.TotalSeconds;
            FailAll(_expired, $"The event was not published within {limit} s: {cause}{Repetition}", innerException);
        }
    }

    /// <summary>Closes the queue and fails all messages in it. Only the loop calls it, at its end.</summary>
    public void FailRest()
    {
        queue.TakeAll(_expired);
        Fail(_expired, static () =>
            new EventNotSentException("The bus or publisher was closed before the event was published.", isTransient: false));
    }

    /// <summary>Measures a statement in a caller's transaction.</summary>
    /// <param name="trace">The trace of the event.</param>
    /// <param name="publish">Runs the statement.</param>
    public async Task MeasureAsync(SentTrace trace, Func<Task> publish)
    {
        var began = time.GetTimestamp();
        Exception? failure = null;
        try
        {
            await publish().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            trace.ReportDropped();
            diagnostics.Metrics.Published(began, trace.Labels, failure);
        }
    }

    private void Measure(List<PendingMessage> batch, Func<Exception>? failure = null)
    {
        if (!diagnostics.Metrics.MeasuresPublishing)
            return;
        foreach (var pending in batch)
        {
            if (pending.Trace is { } trace)
                diagnostics.Metrics.Published(pending.Since, trace.Labels, failure?.Invoke());
        }
    }

    // A method of its own, so that its closure is allocated only if a message has expired.
    private void FailAll(List<PendingMessage> batch, string text, Exception? innerException) =>
        Fail(batch, () => new EventNotSentException(text, innerException));
}
