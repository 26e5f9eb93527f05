using System.Runtime.CompilerServices;

namespace EventBus;

/// <summary>How long a question waits for its answers: it travels with that time in milliseconds.</summary>
internal static class RequestTime
{
    /// <exception cref="ArgumentOutOfRangeException">Nobody can wait that long, or that short.</exception>
    public static TimeSpan Checked(TimeSpan timeout, [CallerArgumentExpression(nameof(timeout))] string? parameter = null)
    {
        if (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue)
            throw new ArgumentOutOfRangeException(parameter, timeout, $"A question waits longer than zero and at most {int.MaxValue} milliseconds.");
        return timeout;
    }
}
