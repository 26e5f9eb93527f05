using System.Threading.Channels;
using EventBus.ConformanceNode.Lines;

namespace EventBus.ConformanceNode.Commands;

/// <summary>
/// The acks of one socket: always the same value, always after the same delay. A pending ack delays neither the next event nor the next
/// ack.
/// </summary>
internal sealed class Replies
{
    private readonly Channel<(EventAck Ack, long At)> _pending =
        Channel.CreateUnbounded<(EventAck, long)>(new() { SingleReader = true });

    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly EventValue _reply;
    private readonly TimeSpan _delay;
    private readonly Reports _reports;

    public Replies(EventValue reply, TimeSpan delay, Reports reports)
    {
        _reply = reply;
        _delay = delay;
        _reports = reports;
        Ended = SendAllAsync();
    }

    /// <summary>Completes some time after <see cref="Stop"/>.</summary>
    public Task Ended { get; }

    public void Send(EventAck ack)
    {
        if (_delay == TimeSpan.Zero)
            SendNow(ack);
        else
            _pending.Writer.TryWrite((ack, TimeProvider.System.GetTimestamp()));
    }

    /// <summary>Sends no further ack.</summary>
    public void Stop()
    {
        _stopped.TrySetResult();
        _pending.Writer.TryComplete();
    }

    // All have the same delay, so they are due in the order of the events.
    private async Task SendAllAsync()
    {
        await foreach (var (ack, at) in _pending.Reader.ReadAllAsync())
        {
            var rest = _delay - TimeProvider.System.GetElapsedTime(at);
            if (rest > TimeSpan.Zero)
                await _stopped.Task.WaitAsync(rest).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stopped.Task.IsCompleted)
                return;
            SendNow(ack);
        }
    }

    private void SendNow(EventAck ack)
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
