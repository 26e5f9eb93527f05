using System.Text;

namespace EventBus.Wire;

/// <summary>The event names that Socket.IO reserves: a user's event of such a name would be mistaken for its own.</summary>
internal static class ReservedEventNames
{
    private static readonly string[] ForEmit = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    private static readonly string[] ForServerSideEmit = ["connect", "connection", "new_namespace"];

    /// <summary>Returns whether the name is reserved among events to sockets.</summary>
    public static bool ForbidEmit(string name) => Array.IndexOf(ForEmit, name) >= 0;

    /// <inheritdoc cref="ForbidEmit(string)"/>
    public static bool ForbidEmit(ReadOnlySpan<byte> utf8Name) => Contains(ForEmit, utf8Name);

    /// <summary>Returns whether the name is reserved among events to the other nodes.</summary>
    public static bool ForbidServerSideEmit(string name) => Array.IndexOf(ForServerSideEmit, name) >= 0;

    /// <inheritdoc cref="ForbidServerSideEmit(string)"/>
    public static bool ForbidServerSideEmit(ReadOnlySpan<byte> utf8Name) => Contains(ForServerSideEmit, utf8Name);

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
