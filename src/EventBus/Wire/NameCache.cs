using System.Text;

namespace EventBus.Wire;

/// <summary>Keeps the strings of short names that most messages repeat (nodes, sources, rooms), so that they are not made anew for each. Bounded; a race only costs a string.</summary>
internal static class NameCache
{
    private const int Slots = 1024;
    private const int MaxBytes = 64;

    private static readonly string?[] Names = new string?[Slots];

    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > MaxBytes || !Ascii.IsValid(utf8))
            return Encoding.UTF8.GetString(utf8);
        var hash = new HashCode();
        hash.AddBytes(utf8);
        ref var slot = ref Names[hash.ToHashCode() & (Slots - 1)];
        var name = slot;
        return name is not null && Ascii.Equals(utf8, name) ? name : slot = Encoding.ASCII.GetString(utf8);
    }
}
