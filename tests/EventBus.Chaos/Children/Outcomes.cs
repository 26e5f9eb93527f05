using System.Text;
using System.Text.Json.Nodes;

namespace EventBus.Chaos.Children;

/// <summary>
/// The outcome of each emit of a process, by its number: C completed, N not sent, U unknown, other failures F. Thread-safe.
/// </summary>
internal sealed class Outcomes
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _outcomes = new();
    private int _waiting;
    private TaskCompletionSource? _allKnown;

    /// <summary>How many numbers were given.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
                return _outcomes.Length;
        }
    }

    /// <summary>How many emits have no outcome yet.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Gives the next number to an emit, which begins within this call, and remembers its outcome.</summary>
    /// <returns>Whether it completed.</returns>
    public Task<bool> TrackAsync(Func<long, ValueTask> emit, bool isAwaited = false)
    {
        int number;
        ValueTask emitting;
        lock (_lock)
        {
            number = _outcomes.Length;
            _outcomes.Append('?');
            _waiting++;
            emitting = emit(number);
        }

        return CompleteAsync(number, emitting, isAwaited);
    }

    /// <summary>Completes when every emit has its outcome.</summary>
    public Task WhenAllAsync()
    {
        lock (_lock)
        {
            if (_waiting == 0)
                return Task.CompletedTask;
            _allKnown ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _allKnown.Task;
        }
    }

    public JsonNode Describe()
    {
        lock (_lock)
            return _outcomes.ToString();
    }

    private async Task<bool> CompleteAsync(int number, ValueTask emitting, bool isAwaited)
    {
        var outcome = 'C';
        try
        {
            await emitting;
        }
        catch (EventNotSentException)
        {
            outcome = 'N';
        }
        catch (EventOutcomeUnknownException)
        {
            outcome = 'U';
        }
        catch (Exception) when (!isAwaited) // The director counts it as a violation.
        {
            outcome = 'F';
        }

        lock (_lock)
        {
            _outcomes[number] = outcome;
            if (--_waiting == 0)
            {
                _allKnown?.SetResult();
                _allKnown = null;
            }
        }

        return outcome == 'C';
    }
}
