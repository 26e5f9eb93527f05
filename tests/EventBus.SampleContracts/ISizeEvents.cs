// Nobody validates here: the compiler reads these attributes.
#pragma warning disable IL2026

using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;

namespace EventBus.SampleContracts;

/// <summary>Every kind of limit that the compiler turns into bytes.</summary>
[BroadcastEvent(Namespace = "/größe")]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "A payload.")]
public interface ISizeEvents
{
    /// <summary>Has no arguments.</summary>
    [EventName("\"nöthing\"\n")]
    void Nothing();

    /// <summary>Integers of every type.</summary>
    void Integers(
        byte u8, sbyte i8, short i16, ushort u16, int i32, uint u32, long i64, ulong u64, byte? nothing, Int128 i128,
        UInt128 u128, BigInteger big);

    /// <summary>Integers with ranges.</summary>
    void Ranges(
        [Range(10, 99)] int two, [Range(-5, 1000)] long? some, [Range(1.5, 2_000_000.7)] uint real,
        [Range(typeof(long), "-9007199254740991", "-10000000")] long negative,
        [Range(0, 10, MaximumIsExclusive = true, MinimumIsExclusive = true)] short open, [Range(5, 1)] byte impossible);

    /// <summary>Other numbers.</summary>
    void Numbers(Half half, float single, double real, decimal money, bool yes, double? nothing, bool? maybe);

    /// <summary>Text.</summary>
    void Texts(
        [MaxLength(20)] string text, [Length(2, 5)] string? some, [StringLength(10, MinimumLength = 3)] string name,
        [MinLength(4), MaxLength(4)] string four, [MaxLength(0)] string none, char letter);

    /// <summary>Types that are written as text.</summary>
    void Scalars(
        Guid id, Guid? noId, Version version, DateTime utc, DateTimeOffset offset, DateOnly date, TimeOnly time,
        TimeSpan span, TimeSpan? noSpan);

    /// <summary>Types that are one value.</summary>
    void Ids(CustomerId id, CustomerId? noId, TicketNumber number, SizedName name);

    /// <summary>Types of the framework that are text or maps.</summary>
    void Framework(
        Rune letter, IPAddress address, CultureInfo culture, Vector2 two, Vector3 three, Vector4 four, System.Drawing.Point pixel,
        Vector2? noVector, IPAddress? noAddress);

    /// <summary>Enums.</summary>
    void Enums(Priority number, Colour name, Colour? noName, Rights rights, RightsByName named, Unnamed unnamed);

    /// <summary>Collections.</summary>
    void Collections(
        [MaxLength(5)] int[] items, [Length(1, 3)] List<long?>? some,
        [MinLength(2), MaxLength(4)] IReadOnlyList<Guid> ids, (int Id, bool? Flag) pair, [MaxLength(0)] string[] none,
        [MaxLength(3)] HashSet<Guid> set);

    /// <summary>Dictionaries.</summary>
    void Maps(
        [MaxLength(3)] Dictionary<Guid, bool> byId, [Length(1, 2)] IReadOnlyDictionary<int, Colour> byNumber,
        [MaxLength(1)] Dictionary<Colour, byte> byName, [MaxLength(1)] Dictionary<RightsByName, int?> byFlags);

    /// <summary>A dictionary whose key type limits its pairs.</summary>
    void Keys(Dictionary<Colour, bool?> byName);

    /// <summary>Dictionaries whose keys are written as their values.</summary>
    void ScalarKeys(
        [Length(1, 1)] Dictionary<DateOnly, bool> byDate, [Length(1, 1)] Dictionary<DateTime, bool> byTime,
        [Length(1, 1)] Dictionary<TimeSpan, bool> bySpan, [Length(1, 1)] Dictionary<double, bool> byNumber,
        [Length(1, 1)] Dictionary<Half, bool> byHalf, [Length(1, 1)] Dictionary<Int128, bool> byInteger,
        [Length(1, 1)] Dictionary<decimal, bool> byMoney, [Length(1, 1)] Dictionary<bool, bool> byFlag,
        [Length(1, 1)] Dictionary<char, bool> byLetter, [Length(1, 1)] Dictionary<Rune, bool> byRune,
        [Length(1, 1)] Dictionary<IPAddress, bool> byAddress, [Length(1, 1)] Dictionary<Version, bool> byVersion);

    /// <summary>Payloads.</summary>
    void Payloads(SizedOrder order, SizedOrder? noOrder, Nothing nothing, SizedHints hints, [MaxLength(2)] SizedLine[] lines);

    /// <summary>Numbers as text.</summary>
    void Texted(NumberTexts numbers);

    /// <summary>Nothing bounds these from above.</summary>
    void Unbounded(
        string text, [MinLength(3)] string? some, [MaxLength] string whole, Uri link, int[] items,
        [MaxLength(2)] string[] texts, [MaxLength(2)] Dictionary<string, int> map);

    /// <summary>Trees.</summary>
    void Trees(Branch tree, Branch? noTree);

    /// <summary>Always binary.</summary>
    void Picture([MaxLength(10)] string name, ReadOnlyMemory<byte> jpeg);

    /// <summary>Sometimes binary.</summary>
    void Pictures([MaxLength(10)] string name, byte[]? jpeg, [MaxLength(2)] byte[][] more);
}
