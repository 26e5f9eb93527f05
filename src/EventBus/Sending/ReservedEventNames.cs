using System.Text;

namespace EventBus;

/// <summary>The event names that Socket.IO reserves for itself.</summary>
internal static class ReservedEventNames
{
    private static readonly string[] ForEmit = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    private static readonly string[] ForServerSideEmit = ["connect", "connection", "new_namespace"];

    /// <summary>The names that are forbidden for an event to sockets.</summary>
    public static IReadOnlyList<string> Emit => ForEmit;

    /// <summary>Whether the name is forbidden for an event to sockets.</summary>
    public static bool ForbidEmit(string name) => Array.IndexOf(ForEmit, name) >= 0;

    /// <inheritdoc cref="ForbidEmit(string)"/>
    public static bool ForbidEmit(ReadOnlySpan<byte> utf8Name) => Contains(ForEmit, utf8Name);

    /// <summary>Whether the name is forbidden for an event to the other nodes.</summary>
    public static bool ForbidServerSideEmit(string name) => Array.IndexOf(ForServerSideEmit, name) >= 0;

    /// <inheritdoc cref="ForbidServerSideEmit(string)"/>
    public static bool ForbidServerSideEmit(ReadOnlySpan<byte> utf8Name) => Contains(ForServerSideEmit, utf8Name);

    /// <exception cref="ArgumentException">The name is empty, or forbidden for an event to sockets.</exception>
    public static void ThrowIfForbidden(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ForbidEmit(eventName))
            throw new ArgumentException($"Socket.IO reserves the event name '{eventName}'. Choose another.", nameof(eventName));
    }

    /// <exception cref="ArgumentException">The name is empty, or forbidden for an event to the other nodes.</exception>
    public static void ThrowIfForbiddenServerSide(string eventName)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        if (ForbidServerSideEmit(eventName))
            throw new ArgumentException(
                $"Socket.IO reserves the name '{eventName}' for its own server-side events. Choose another.", nameof(eventName));
    }

    private static bool Contains(string[] names, ReadOnlySpan<byte> utf8Name)
    {
        foreach (var name in names)
        {
            if (Ascii.Equals(utf8Name, name))
                return true;
        }

        return false;
    }
}
