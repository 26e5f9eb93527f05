using System.Collections.Immutable;

namespace EventBus.Analyzers.Locking;

/// <summary>The properties of a diagnostic about the contract lock, from which the code fix learns the change.</summary>
internal static class LockProperties
{
    /// <summary>The line to add.</summary>
    public const string Added = nameof(Added);

    /// <summary>The line that no longer holds.</summary>
    public const string Replaced = nameof(Replaced);

    public static ImmutableDictionary<string, string?> Of(string? added, LockLine? replaced)
    {
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (added is not null)
            properties = properties.Add(Added, added);
        return replaced is null ? properties : properties.Add(Replaced, replaced.Text);
    }
}
