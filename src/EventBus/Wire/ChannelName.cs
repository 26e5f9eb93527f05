using System.Buffers;
using System.Text;

namespace EventBus.Wire;

/// <summary>
/// The channel of a bus namespace: <c>prefix#namespace</c>, at most 63 bytes of UTF-8. <c>pg_notify</c> rejects a longer name, and
/// <c>LISTEN</c> silently truncates it.
/// </summary>
internal static class ChannelName
{
    public const int MaxBytes = 63;

    public const char Separator = '#';

    /// <exception cref="ArgumentException">The name is empty, too long, or holds NUL or a lone surrogate.</exception>
    public static string Of(string prefix, string busNamespace)
    {
        ThrowIfUnusable(prefix, nameof(prefix), "channel prefix");
        ThrowIfUnusable(busNamespace, nameof(busNamespace), "bus namespace");
        if (busNamespace[0] != '/')
            throw new ArgumentException($"The bus namespace must begin with '/': write '/{busNamespace}'.", nameof(busNamespace));
        var channel = $"{prefix}{Separator}{busNamespace}";
        var bytes = Encoding.UTF8.GetByteCount(channel);
        return bytes <= MaxBytes
            ? channel
            : throw new ArgumentException(
                $"The channel '{channel}' has {bytes} bytes in UTF-8, but PostgreSQL allows {MaxBytes}: "
                + "shorten the channel prefix or the bus namespace.",
                nameof(busNamespace));
    }

    private static void ThrowIfUnusable(string part, string parameter, string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(part, parameter);
        if (part.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException($"The {description} contains U+0000, which PostgreSQL does not allow in a name.", parameter);
        for (var rest = part.AsSpan(); !rest.IsEmpty;)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var consumed) != OperationStatus.Done)
                throw new ArgumentException($"The {description} contains half of a surrogate pair, which has no UTF-8.", parameter);
            rest = rest[consumed..];
        }
    }
}
