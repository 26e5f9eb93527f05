using System.Text;

namespace EventBus.Transport.Sql;

/// <summary>Quotes names for SQL. Rejects names that PostgreSQL would reject or truncate.</summary>
internal static class SqlIdentifier
{
    /// <summary>The longest name that PostgreSQL does not truncate.</summary>
    public const int MaxBytes = 63;

    /// <exception cref="ArgumentException">The name is empty, over 63 bytes, or holds NUL or a lone surrogate.</exception>
    public static string Quote(string name)
    {
        if (name.Length == 0)
            throw new ArgumentException("A name in the database is empty.", nameof(name));
        if (name.Contains('\0', StringComparison.Ordinal))
            throw new ArgumentException("A name in the database holds a NUL character.", nameof(name));

        int bytes;
        try
        {
            bytes = StrictUtf8.GetByteCount(name);
        }
        catch (EncoderFallbackException exception)
        {
            throw new ArgumentException("A name in the database holds a lone surrogate.", nameof(name), exception);
        }

        if (bytes > MaxBytes)
            throw new ArgumentException($"The name '{name}' has {bytes} bytes; PostgreSQL truncates names at {MaxBytes}.", nameof(name));
        return $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static UTF8Encoding StrictUtf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
