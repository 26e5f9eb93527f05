using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class SizeEvents(Way<ISizeEvents> way) : Events<ISizeEvents>(way), ISizeEvents
{
    public void Nothing() => Send(Target.Nothing());

    public void Integers(
        byte u8, sbyte i8, short i16, ushort u16, int i32, uint u32, long i64, ulong u64, byte? nothing, Int128 i128,
        UInt128 u128, BigInteger big) =>
        Send(Target.Integers(u8, i8, i16, u16, i32, u32, i64, u64, nothing, i128, u128, big));

    public void Ranges(int two, long? some, uint real, long negative, short open, byte impossible) =>
        Send(Target.Ranges(two, some, real, negative, open, impossible));

    public void Numbers(Half half, float single, double real, decimal money, bool yes, double? nothing, bool? maybe) =>
        Send(Target.Numbers(half, single, real, money, yes, nothing, maybe));

    public void Texts(string text, string? some, string name, string four, string none, char letter) =>
        Send(Target.Texts(text, some, name, four, none, letter));

    public void Scalars(
        Guid id, Guid? noId, Version version, DateTime utc, DateTimeOffset offset, DateOnly date, TimeOnly time, TimeSpan span,
        TimeSpan? noSpan) =>
        Send(Target.Scalars(id, noId, version, utc, offset, date, time, span, noSpan));

    public void Ids(CustomerId id, CustomerId? noId, TicketNumber number, SizedName name) => Send(Target.Ids(id, noId, number, name));

    public void Framework(
        Rune letter, IPAddress address, CultureInfo culture, Vector2 two, Vector3 three, Vector4 four, System.Drawing.Point pixel,
        Vector2? noVector, IPAddress? noAddress) =>
        Send(Target.Framework(letter, address, culture, two, three, four, pixel, noVector, noAddress));

    public void Enums(Priority number, Colour name, Colour? noName, Rights rights, RightsByName named, Unnamed unnamed) =>
        Send(Target.Enums(number, name, noName, rights, named, unnamed));

    public void Collections(
        int[] items, List<long?>? some, IReadOnlyList<Guid> ids, (int Id, bool? Flag) pair, string[] none, HashSet<Guid> set) =>
        Send(Target.Collections(items, some, ids, pair, none, set));

    public void Maps(
        Dictionary<Guid, bool> byId, IReadOnlyDictionary<int, Colour> byNumber, Dictionary<Colour, byte> byName,
        Dictionary<RightsByName, int?> byFlags) =>
        Send(Target.Maps(byId, byNumber, byName, byFlags));

    public void Keys(Dictionary<Colour, bool?> byName) => Send(Target.Keys(byName));

    public void ScalarKeys(
        Dictionary<DateOnly, bool> byDate, Dictionary<DateTime, bool> byTime, Dictionary<TimeSpan, bool> bySpan,
        Dictionary<double, bool> byNumber, Dictionary<Half, bool> byHalf, Dictionary<Int128, bool> byInteger,
        Dictionary<decimal, bool> byMoney, Dictionary<bool, bool> byFlag, Dictionary<char, bool> byLetter, Dictionary<Rune, bool> byRune,
        Dictionary<IPAddress, bool> byAddress, Dictionary<Version, bool> byVersion) =>
        Send(Target.ScalarKeys(
            byDate, byTime, bySpan, byNumber, byHalf, byInteger, byMoney, byFlag, byLetter, byRune, byAddress, byVersion));

    public void Payloads(SizedOrder order, SizedOrder? noOrder, Nothing nothing, SizedHints hints, SizedLine[] lines) =>
        Send(Target.Payloads(order, noOrder, nothing, hints, lines));

    public void Texted(NumberTexts numbers) => Send(Target.Texted(numbers));

    public void Unbounded(string text, string? some, string whole, Uri link, int[] items, string[] texts, Dictionary<string, int> map) =>
        Send(Target.Unbounded(text, some, whole, link, items, texts, map));

    public void Trees(Branch tree, Branch? noTree) => Send(Target.Trees(tree, noTree));

    public void Picture(string name, ReadOnlyMemory<byte> jpeg) => Send(Target.Picture(name, jpeg));

    public void Pictures(string name, byte[]? jpeg, byte[][] more) => Send(Target.Pictures(name, jpeg, more));

    public static void Play(ISizeEvents to)
    {
        to.Nothing();
        to.Integers(1, -2, -3, 4, -5, 6, -7, 8, null, 9, 10, 11);
        to.Ranges(10, null, 2, -10000000, 5, 1);
        to.Numbers((Half)0.5, 1.5f, -2.5, 3.50m, true, null, false);
        to.Texts("text", null, "name", "four", "", 'x');
        to.Scalars(
            Samples.Id, null, new Version(1, 2, 3, 4), Samples.Utc, Samples.At, new DateOnly(2026, 11, 29), new TimeOnly(1, 2),
            TimeSpan.FromDays(1), null);
        to.Ids(new(Samples.Id), null, new(3), new("name"));
        to.Framework(
            new Rune('r'), IPAddress.Loopback, CultureInfo.InvariantCulture, new(1, 2), new(3, 4, 5), new(6, 7, 8, 9), new(10, 11), null,
            null);
        to.Enums(Priority.High, Colour.Red, null, Rights.Read | Rights.Write, RightsByName.Read | RightsByName.Write, (Unnamed)7);
        to.Collections([1, 2], [3, null], [Samples.Id], (4, null), [], [Guid.Empty]);
        to.Maps(
            new() { [Samples.Id] = true },
            new Dictionary<int, Colour> { [1] = Colour.Red },
            new() { [Colour.Green] = 2 },
            new() { [RightsByName.Read | RightsByName.Write] = null });
        to.Keys(new() { [Colour.Red] = null, [Colour.Green] = true });
        to.ScalarKeys(
            new() { [new DateOnly(2026, 11, 29)] = true },
            new() { [Samples.Utc] = true },
            new() { [TimeSpan.FromDays(1)] = true },
            new() { [0.1] = true },
            new() { [(Half)0.5] = true },
            new() { [Int128.MinValue] = true },
            new() { [3.50m] = true },
            new() { [false] = true },
            new() { ['x'] = true },
            new() { [new Rune(0x1F600)] = true },
            new() { [IPAddress.IPv6Loopback] = true },
            new() { [new Version(1, 2)] = true });
        to.Payloads(
            new(Samples.Id, "note", [new("tea", 3)]) { Coupon = "ä" }, null, new(), new() { Level = 1 }, [new("milk", 4)]);
        to.Texted(new(1, 2, 3, 4.5, 6.7f, (Half)8));
        to.Unbounded("text", "some", "whole", new Uri("https://example.org/"), [1], ["a"], new() { ["b"] = 2 });
        to.Trees(new("root", [new("leaf", [], null)], new("next", [], null)), null);
        to.Picture("name", Samples.Bytes);
        to.Pictures("name", null, [Samples.Bytes, []]);
    }
}
