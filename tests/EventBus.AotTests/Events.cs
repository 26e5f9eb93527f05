using System.Runtime.CompilerServices;

namespace EventBus.AotTests;

/// <summary>The targets of the events of a contract.</summary>
/// <param name="Target">The room for one-way events.</param>
/// <param name="AckTarget">The room whose only socket acknowledges; null: there is none, and acks are returned, not requested.</param>
internal sealed record Way<TContract>(BroadcastOperator<TContract> Target, BroadcastOperator<TContract>? AckTarget)
    where TContract : class;

/// <summary>
/// Implements a contract by sending its events. As a handler it forwards what it receives: every argument is decoded and encoded again.
/// </summary>
internal abstract class Events<TContract>(Way<TContract> way)
    where TContract : class
{
    private readonly List<Task> _sending = [];

    /// <summary>The methods that were called, in order.</summary>
    public List<string> Called { get; } = [];

    /// <summary>How many one-way events were sent.</summary>
    public int Sent => _sending.Count;

    protected BroadcastOperator<TContract> Target => way.Target;

    /// <summary>Completes when all events are sent.</summary>
    public Task SendingAsync()
    {
        lock (_sending)
            return Task.WhenAll(_sending);
    }

    // A garbage collection between events clears what the runtime remembers of generic methods (docs/decisions/0014).
    protected Task Send(ValueTask sending, [CallerMemberName] string method = "")
    {
        var task = sending.AsTask();
        lock (_sending)
        {
            _sending.Add(task);
            Called.Add(method);
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return task;
    }

    /// <summary>Requests the only ack, or returns it if this is the handler.</summary>
    protected async Task<T> RequestAsync<T>(
        Func<BroadcastOperator<TContract>, ValueTask<Acks<T>>> request, T ack, [CallerMemberName] string method = "")
    {
        if (way.AckTarget is not { } target)
            return ack;
        lock (_sending)
            Called.Add(method);
        var acks = await request(target);
        GC.Collect();

        // IsComplete is not checked: it is false if the process stood still meanwhile.
        Expect.True(
            acks is { IsTimedOut: false, Missing: [], Expected: 1, Responses.Count: 1 },
            $"{method}: {acks.Responses.Count} acks of {acks.Expected}.");
        return acks.Responses[0];
    }
}
