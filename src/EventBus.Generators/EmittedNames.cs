using System.Text;
using EventBus.Generators.Model;

namespace EventBus.Generators;

/// <summary>
/// The names of emitted files and formatters. A name that is too long is cut, and the names of files that clash differ: a hash of the whole
/// name keeps them distinct, so a name depends on nothing but its own text and the clash.
/// </summary>
internal static class EmittedNames
{
    private const string Extension = ".g.cs";

    // File systems allow 255 bytes. On Windows a whole path has 260 characters, of which the folders of emitted files need a hundred.
    private const int Longest = 120;

    // The compiler allows 1,023 bytes.
    private const int LongestFormatter = 500;

    private const ulong FnvPrime = 1099511628211;
    private const ulong FnvOffset = 14695981039346656037;

    /// <summary>The names that differ from another one only by case, which the compiler ignores; nearly always none.</summary>
    public static EquatableArray<string> FindClashes(IEnumerable<string> names) => names
        .Distinct()
        .GroupBy(static name => name, StringComparer.OrdinalIgnoreCase)
        .Where(static group => group.Count() > 1)
        .SelectMany(static group => group)
        .OrderBy(static name => name, StringComparer.Ordinal)
        .ToEquatableArray();

    /// <summary>The name of a file, with a hash if it clashes or is too long.</summary>
    public static string OfFile(string name, EquatableArray<string> clashes)
    {
        if (!clashes.Contains(name) && Bytes(name) <= Longest)
            return name;
        var end = $"-{Hash(name):x16}{Extension}";
        return Cut(name.Substring(0, name.Length - Extension.Length), Longest - end.Length) + end;
    }

    /// <summary>The name of a formatter, with a hash if it is too long.</summary>
    public static string OfFormatter(string name, string suffix)
    {
        if (Bytes(name) <= LongestFormatter)
            return name + suffix;
        var end = $"_{Hash(name):x16}{suffix}";
        return Cut(name, LongestFormatter - end.Length) + end;
    }

    private static string Cut(string name, int longest)
    {
        var length = name.Length;
        while (Bytes(name.Substring(0, length)) > longest || char.IsHighSurrogate(name[length - 1]))
            length--;
        return name.Substring(0, length);
    }

    private static int Bytes(string text) => Encoding.UTF8.GetByteCount(text);

    // FNV-1a. The hash codes of string differ from process to process.
    private static ulong Hash(string name) => name.Aggregate(FnvOffset, static (hash, letter) => unchecked((hash ^ letter) * FnvPrime));
}
