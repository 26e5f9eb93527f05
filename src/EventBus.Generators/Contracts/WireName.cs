using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The names of events and members on the wire, and the texts that cannot be names there.</summary>
internal static class WireName
{
    /// <summary>The reason why a text cannot be written, as the predicate of a sentence.</summary>
    public const string Broken = "contains half of a surrogate pair, which UTF-8 cannot encode";

    // A Socket.IO client that receives one of these takes it for a change of its connection.
    private static readonly ImmutableHashSet<string> Reserved =
        ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"];

    private static readonly ImmutableHashSet<string> ReservedForNodes = ["connect", "connection", "new_namespace"];

    public static string OfEvent(IMethodSymbol method) => method.FindText(KnownNames.EventNameAttribute) ?? CamelCase(method.Name);

    /// <summary>As <c>JsonNamingPolicy.CamelCase</c>: <c>Ping</c> is <c>ping</c>, <c>URLPath</c> is <c>urlPath</c>.</summary>
    public static string CamelCase(string name)
    {
        var chars = name.ToCharArray();
        for (var i = 0; i < chars.Length && char.IsUpper(chars[i]); i++)
        {
            var endsRun = i > 0 && i + 1 < chars.Length && !char.IsUpper(chars[i + 1]);
            if (endsRun)
                break;
            chars[i] = char.ToLowerInvariant(chars[i]);
        }

        return new string(chars);
    }

    /// <summary>Whether Socket.IO reserves the name of an event.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    /// <summary>Whether sockets may receive the event, but nodes may not.</summary>
    public static bool IsReservedForNodes(string name) => ReservedForNodes.Contains(name);

    /// <summary>Whether the text cannot be written as UTF-8.</summary>
    public static bool IsBroken(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (i + 1 < text.Length && char.IsSurrogatePair(text, i))
                i++;
            else if (char.IsSurrogate(text[i]))
                return true;
        }

        return false;
    }
}
