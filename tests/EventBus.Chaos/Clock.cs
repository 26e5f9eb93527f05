namespace EventBus.Chaos;

/// <summary>The clock that all processes of this machine have in common.</summary>
internal static class Clock
{
    public static double Milliseconds => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;

    public static Task DelayAsync(double seconds, CancellationToken cancellationToken = default) =>
        Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, cancellationToken);
}
