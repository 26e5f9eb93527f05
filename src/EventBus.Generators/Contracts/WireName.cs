using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>What events and members are called on the wire.</summary>
internal static class WireName
{
    public static string OfEvent(IMethodSymbol method) => method.FindText(KnownNames.EventNameAttribute) ?? CamelCase(method.Name);

    /// <summary>As <c>JsonNamingPolicy.CamelCase</c>: <c>Ping</c> is <c>ping</c>, <c>URLPath</c> is <c>urlPath</c>, <c>ID</c> is <c>id</c>.</summary>
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
}
