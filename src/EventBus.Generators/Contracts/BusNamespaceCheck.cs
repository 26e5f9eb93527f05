using System.Text;
using Microsoft.CodeAnalysis;

namespace EventBus.Generators.Contracts;

/// <summary>The bus namespace of a contract is a name that PostgreSQL can have a channel for.</summary>
internal static class BusNamespaceCheck
{
    /// <summary>A channel is <c>prefix#namespace</c>, at most 63 bytes; this is what the default prefix <c>socket.io</c> leaves.</summary>
    public const int MaxBytes = 63 - 10;

    public const string Default = "/";

    public static string NameOf(INamedTypeSymbol contract) =>
        contract.FindAttribute(KnownNames.BroadcastEventAttribute)?.NamedArguments
            .FirstOrDefault(static argument => argument.Key == "Namespace").Value.Value as string ?? Default;

    public static IEnumerable<ContractViolation> Find(INamedTypeSymbol contract)
    {
        var name = NameOf(contract);
        if (WhyUnusable(name) is { } reason)
            yield return new ContractViolation(contract, name.Replace("\0", "\\0"), contract.Name, reason);
    }

    /// <summary>As the end of a sentence; null where the name is usable.</summary>
    public static string? WhyUnusable(string name)
    {
        if (!name.StartsWith("/", StringComparison.Ordinal))
            return "it must start with '/'";
        if (name.Contains('\0'))
            return "PostgreSQL has no text with NUL in it";
        if (WireText.IsBroken(name))
            return WireText.Broken;
        var bytes = Encoding.UTF8.GetByteCount(name);
        return bytes > MaxBytes ? $"it has {bytes} bytes, and a channel of the default prefix has room for {MaxBytes}" : null;
    }
}
