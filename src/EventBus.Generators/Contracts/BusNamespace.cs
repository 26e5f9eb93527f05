using System.Text;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The bus namespace of a contract, which PostgreSQL must be able to have a channel for.</summary>
internal static class BusNamespace
{
    /// <summary>A channel is <c>prefix#namespace</c>, at most 63 bytes; the default prefix <c>socket.io</c> leaves this many.</summary>
    public const int MaxBytes = 63 - 10;

    private const string Default = "/";

    public static string Of(INamedTypeSymbol contract) =>
        contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.FindNamed("Namespace") as string ?? Default;

    /// <summary>The reason as the end of a sentence; null if the name is usable.</summary>
    public static string? WhyUnusable(string name)
    {
        if (!name.StartsWith("/", StringComparison.Ordinal))
            return "it does not start with '/'";
        if (name.Contains('\0'))
            return "it contains a NUL character, which PostgreSQL rejects";
        if (WireName.IsBroken(name))
            return $"it {WireName.Broken}";
        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes > MaxBytes ? $"it has {bytes} bytes, but a channel with the default prefix has room for {MaxBytes} only" : null;
    }
}
