namespace EventBus.Wire;

/// <summary>The channel of a bus namespace: <c>prefix#namespace</c>, at most 63 bytes of UTF-8 (a longer one <c>pg_notify</c> refuses and <c>LISTEN</c> silently cuts).</summary>
internal static class ChannelName
{
    public const int MaxBytes = 63;

    /// <exception cref="ArgumentException">The name is empty, too long, or holds NUL or a lone surrogate.</exception>
    public static string Of(string prefix, string busNamespace) => throw new NotImplementedException();
}
