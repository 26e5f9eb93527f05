using System.Threading.Channels;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>What one socket answers to every event that asks: always the same, each time so long after the event. Neither the socket's next event nor its next answer waits for it.</summary>
internal sealed class Replies
{
    private readonly Channel<(EventAck Ack, long AskedAt)> _asked = Channel.CreateUnbounded<(EventAck, long)>(new() { SingleReader = true });
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventValue _reply;
    private readonly TimeSpan _delay;
    private readonly Reports _reports;

    public Replies(EventValue reply, TimeSpan delay, Reports reports)
    {
        _reply = reply;
        _delay = delay;
        _reports = reports;
        Ended = AnswerAllAsync();
    }

    /// <summary>Completes some time after <see cref="Stop"/>.</summary>
    public Task Ended { get; }

    public void Owe(EventAck ack)
    {
        if (_delay == TimeSpan.Zero)
            Answer(ack);
        else
            _asked.Writer.TryWrite((ack, TimeProvider.System.GetTimestamp()));
    }

    /// <summary>Answers nothing more.</summary>
    public void Stop()
    {
        _stopped.TrySetResult();
        _asked.Writer.TryComplete();
    }

    // The delay is the same for all, so they are due in the order in which they are owed.
    private async Task AnswerAllAsync()
    {
        await foreach (var (ack, askedAt) in _asked.Reader.ReadAllAsync())
        {
            var rest = _delay - TimeProvider.System.GetElapsedTime(askedAt);
            if (rest > TimeSpan.Zero)
                await _stopped.Task.WaitAsync(rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopped.Task.IsCompleted)
                return;
            Answer(ack);
        }
    }

    private void Answer(EventAck ack)
    {
        try
        {
            ack.Send(_reply);
        }
        catch (EventSerializationException exception)
        {
            _reports.Error(exception.Message);
        }
    }
}
