using EventBus.Diagnostics;

namespace EventBus.Rooms;

/// <summary>
/// Waits for handlers to end, for a limited time, because a handler may never return. Names the handlers that still run. Thread-safe.
/// </summary>
/// <param name="longest">The longest time.</param>
/// <param name="time">The clock.</param>
/// <param name="diagnostics">Logs and reports.</param>
internal sealed class HandlerWait(TimeSpan longest, TimeProvider time, BusDiagnostics diagnostics)
{
    private const int MaxNamed = 10;

    /// <summary>The longest time for which the bus waits for handlers.</summary>
    public TimeSpan Longest { get; } = longest;

    /// <summary>Waits until handlers have ended, or the time is over. Then the handlers that run are reported.</summary>
    /// <param name="ended">Completes when the handlers have ended.</param>
    /// <param name="findRunning">Names the handlers that run.</param>
    public async Task ForAsync(Task ended, Func<IEnumerable<string>> findRunning)
    {
        if (ended.IsCompletedSuccessfully)
            return;
        await ended.WaitAsync(Longest, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!ended.IsCompleted)
            Report(findRunning());
    }

    /// <summary>Lists names for a message. Of many, only the first are listed.</summary>
    public static string Join(string[] names)
    {
        var others = names.Length > MaxNamed ? $", and {names.Length - MaxNamed} others" : "";
        return string.Join(", ", names.Take(MaxNamed)) + others;
    }

    /// <summary>Logs and reports handlers for which nothing waits any longer. If there is none, nothing happens.</summary>
    public void Report(IEnumerable<string> running)
    {
        string[] names = [.. running];
        if (names.Length == 0)
            return;
        var exception = new HandlersRunningException($"Handlers still run: {Join(names)}.");
        diagnostics.Logger.HandlersRunning(exception);
        diagnostics.Report(exception);
    }
}
