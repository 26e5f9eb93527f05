namespace EventBus.Samples.Demo;

/// <summary>The clock that all processes of this machine have in common.</summary>
internal static class Clock
{
    public static double Milliseconds => (TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMilliseconds;
}
