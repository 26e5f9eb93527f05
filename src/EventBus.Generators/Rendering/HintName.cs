using EventBus.Generators.Model;

namespace EventBus.Generators.Rendering;

/// <summary>Keeps the names of emitted files apart, which the compiler compares without their case.</summary>
internal static class HintName
{
    private const uint FnvPrime = 16777619;
    private const uint FnvOffset = 2166136261;

    /// <summary>The names that differ from another by case only; nearly always none.</summary>
    public static EquatableArray<string> FindClashes(IEnumerable<string> names) => names
        .Distinct()
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Count() > 1)
        .SelectMany(static group => group)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The name, with a hash of it where it clashes.</summary>
    public static string Of(string name, EquatableArray<string> clashes) => clashes.Contains(name) ? name.Insert(name.Length - ".g.cs".Length, $"-{Hash(name):x8}") : name;

    // Of the runtime's own hash each process has another.
    private static uint Hash(string name) => name.Aggregate(FnvOffset, static (hash, letter) => unchecked((hash ^ letter) * FnvPrime));
}
