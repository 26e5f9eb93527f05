using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace EventBus.SampleContracts;

/// <summary>Every built-in type.</summary>
[BroadcastEvent]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public interface IValueEvents
{
    /// <summary>Integers.</summary>
    void Integers(
        byte u8, sbyte i8, short i16, ushort u16, int i32, uint u32, long i64, ulong u64, Int128 i128, UInt128 u128,
        BigInteger big);

    /// <summary>Other numbers.</summary>
    void Numbers(Half half, float single, double real, decimal money, bool yes, int? nothing, double? something);

    /// <summary>Text.</summary>
    void Texts(char letter, string text, string? nothing, Guid id, Uri link, Version version, Priority number, Colour name, Colour? noName);

    /// <summary>Times.</summary>
    void Times(DateTime utc, DateTimeOffset offset, DateOnly date, TimeOnly time, TimeSpan span);

    /// <summary>Binary.</summary>
    void Binaries(byte[] array, Memory<byte> memory, ReadOnlyMemory<byte> readOnly, ImmutableArray<byte> immutable);

    /// <summary>Collections.</summary>
    void Lists(
        int[] array, List<int> list, IEnumerable<int> items, ICollection<int> collection,
        IReadOnlyCollection<int> readOnly, IList<int> listInterface, IReadOnlyList<int> readOnlyList);

    /// <summary>Sets and immutable collections.</summary>
    void Sets(
        HashSet<int> hash, ISet<int> set, IReadOnlySet<int> readOnly, ImmutableArray<int> array,
        ImmutableList<int> list, ImmutableHashSet<int> immutable);

    /// <summary>Dictionaries.</summary>
    void Maps(
        Dictionary<string, int> map, IDictionary<Guid, int> byGuid, IReadOnlyDictionary<long, int> byNumber,
        ImmutableDictionary<Colour, int> byName);

    /// <summary>Anything.</summary>
    void Any(EventValue value);

    /// <summary>Defaults.</summary>
    void Defaults(
        bool yes = true, char quote = '\'', byte u8 = 255, long i64 = long.MinValue, ulong u64 = ulong.MaxValue,
        float single = float.NegativeInfinity, double real = double.NaN, double small = -1.5e-7, decimal money = 1.50m,
        string text = "tab\tquote\"\\é\0", string? nothing = null, Guid id = default, Priority number = Priority.High,
        Priority unnamed = (Priority)(-5), int? some = 3, int? none = null, DateTimeOffset at = default);
}
