using EventBus.Diagnostics;
using EventBus.Wire;

namespace EventBus.Transport;

/// <summary>Ends the messages of a publish queue, well or with a failure, and counts, logs and reports it.</summary>
internal sealed class PublishOutcomes(PublishQueue queue, EventBusOptions options, TimeProvider time, BusDiagnostics diagnostics)
{
    private readonly Episode _failures = new(time);
    private readonly Episode _refusals = new(time);

    /// <summary>Enters messages that nobody waits for; where there is no place for them, their events count as dropped. A closed queue takes none.</summary>
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
        if (_refusals.Begins())
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

    /// <summary>The messages are committed. Clears the batch.</summary>
    public void Succeed(List<PendingMessage> batch)
    {
        var (events, attached) = (0, 0);
        foreach (var pending in batch)
        {
            events += pending.Message.IsEvent ? 1 : 0;
            attached += pending.Message.IsAttached ? 1 : 0;
        }

        diagnostics.Published.Add(events);
        diagnostics.Attached.Add(attached);
        diagnostics.Inline.Add(batch.Count - attached);
        queue.Complete(batch);
        batch.Clear();
    }

    /// <summary>The messages were not sent, or nobody knows. Clears the batch.</summary>
    public void Fail(List<PendingMessage> batch, Func<Exception> failure)
    {
        if (batch.Count == 0)
            return;

        diagnostics.PublishFailures.Add(batch.Count);
        foreach (var pending in batch)
        {
            if (!pending.IsPosted)
                continue;
            var exception = failure();
            if (_failures.Begins())
                diagnostics.Logger.PostFailed(exception);
            diagnostics.Report(exception);
        }

        queue.Complete(batch, failure);
        batch.Clear();
    }
}
