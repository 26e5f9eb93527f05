using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;
using EventBus.SampleContracts;

namespace EventBus.AotTests.Contracts;

internal sealed class MatrixEvents(Way<IMatrixEvents> way) : Events<IMatrixEvents>(way), IMatrixEvents
{
    public void Boolean(bool value) => Send(Target.Boolean(value));

    public void Byte(byte value) => Send(Target.Byte(value));

    public void SByte(sbyte value) => Send(Target.SByte(value));

    public void Int16(short value) => Send(Target.Int16(value));

    public void UInt16(ushort value) => Send(Target.UInt16(value));

    public void Int32(int value) => Send(Target.Int32(value));

    public void UInt32(uint value) => Send(Target.UInt32(value));

    public void Int64(long value) => Send(Target.Int64(value));

    public void UInt64(ulong value) => Send(Target.UInt64(value));

    public void Int128(Int128 value) => Send(Target.Int128(value));

    public void UInt128(UInt128 value) => Send(Target.UInt128(value));

    public void BigInteger(BigInteger value) => Send(Target.BigInteger(value));

    public void Half(Half value) => Send(Target.Half(value));

    public void Single(float value) => Send(Target.Single(value));

    public void Double(double value) => Send(Target.Double(value));

    public void Decimal(decimal value) => Send(Target.Decimal(value));

    public void Char(char value) => Send(Target.Char(value));

    public void Text(string value) => Send(Target.Text(value));

    public void Guid(Guid value) => Send(Target.Guid(value));

    public void Uri(Uri value) => Send(Target.Uri(value));

    public void Version(Version value) => Send(Target.Version(value));

    public void Rune(Rune value) => Send(Target.Rune(value));

    public void Address(IPAddress value) => Send(Target.Address(value));

    public void Culture(CultureInfo value) => Send(Target.Culture(value));

    public void DateTime(DateTime value) => Send(Target.DateTime(value));

    public void DateTimeOffset(DateTimeOffset value) => Send(Target.DateTimeOffset(value));

    public void DateOnly(DateOnly value) => Send(Target.DateOnly(value));

    public void TimeOnly(TimeOnly value) => Send(Target.TimeOnly(value));

    public void TimeSpan(TimeSpan value) => Send(Target.TimeSpan(value));

    public void EnumByNumber(Priority value) => Send(Target.EnumByNumber(value));

    public void EnumByName(Colour value) => Send(Target.EnumByName(value));

    public void NullableNumber(int? value) => Send(Target.NullableNumber(value));

    public void NullableText(string? value) => Send(Target.NullableText(value));

    public void Bytes(byte[] value) => Send(Target.Bytes(value));

    public void Memory(ReadOnlyMemory<byte> value) => Send(Target.Memory(value));

    public void Jagged(int[][] value) => Send(Target.Jagged(value));

    public void List(List<string?> value) => Send(Target.List(value));

    public void ReadOnlyList(IReadOnlyList<double> value) => Send(Target.ReadOnlyList(value));

    public void HashSet(HashSet<int> value) => Send(Target.HashSet(value));

    public void ImmutableArray(ImmutableArray<int> value) => Send(Target.ImmutableArray(value));

    public void Stack(Stack<int> value) => Send(Target.Stack(value));

    public void Dictionary(Dictionary<string, int> value) => Send(Target.Dictionary(value));

    public void NumberKeys(IReadOnlyDictionary<int, bool> value) => Send(Target.NumberKeys(value));

    public void OrderedDictionary(OrderedDictionary<string, int> value) => Send(Target.OrderedDictionary(value));

    public void DateKeys(Dictionary<DateOnly, int> value) => Send(Target.DateKeys(value));

    public void BooleanKeys(Dictionary<bool, double> value) => Send(Target.BooleanKeys(value));

    public void ReadOnlySet(ReadOnlySet<int> value) => Send(Target.ReadOnlySet(value));

    public void Vector2(Vector2 value) => Send(Target.Vector2(value));

    public void Vector3(Vector3 value) => Send(Target.Vector3(value));

    public void Vector4(Vector4 value) => Send(Target.Vector4(value));

    public void Pixel(System.Drawing.Point value) => Send(Target.Pixel(value));

    public void Tuple((int Id, string Name) value) => Send(Target.Tuple(value));

    public void Payload(Line value) => Send(Target.Payload(value));

    public void Generic(Pair<DateTime, Colour> value) => Send(Target.Generic(value));

    public void Union(Animal value) => Send(Target.Union(value));

    public void NumberTexts(NumberTexts value) => Send(Target.NumberTexts(value));

    public void Tree(Expression value) => Send(Target.Tree(value));

    public void Custom(Money value) => Send(Target.Custom(value));

    public void GuidId(CustomerId value) => Send(Target.GuidId(value));

    public void NumberId(TicketNumber value) => Send(Target.NumberId(value));

    public void TextId(ArticleNumber value) => Send(Target.TextId(value));

    public void TimeId(Slot value) => Send(Target.TimeId(value));

    public void EnumId(Favourite value) => Send(Target.EnumId(value));

    public void LateId(LateId value) => Send(Target.LateId(value));

    public void NullableId(CustomerId? value) => Send(Target.NullableId(value));

    public void NullableTextId(ArticleNumber? value) => Send(Target.NullableTextId(value));

    public void Ids(List<CustomerId?> value) => Send(Target.Ids(value));

    public void IdMembers(Purchase value) => Send(Target.IdMembers(value));

    public void IdKeys(Dictionary<CustomerId, TicketNumber> value) => Send(Target.IdKeys(value));

    public void TextIdKeys(Dictionary<ArticleNumber, int> value) => Send(Target.TextIdKeys(value));

    public void EnumIdKeys(Dictionary<Favourite, int> value) => Send(Target.EnumIdKeys(value));

    public void EventValue(EventValue value) => Send(Target.EventValue(value));

    public void Object(object value) => Send(Target.Object(value));

    public void JsonElement(JsonElement value) => Send(Target.JsonElement(value));

    public void JsonDocument(JsonDocument value) => Send(Target.JsonDocument(value));

    public void Filled(Wishes value) => Send(Target.Filled(value));

    public void EndPoint(IPEndPoint value) => Send(Target.EndPoint(value));

    public static void Play(IMatrixEvents to)
    {
        to.Boolean(true);
        to.Byte(byte.MaxValue);
        to.SByte(sbyte.MinValue);
        to.Int16(short.MinValue);
        to.UInt16(ushort.MaxValue);
        to.Int32(int.MinValue);
        to.UInt32(uint.MaxValue);
        to.Int64(-9007199254740991);
        to.UInt64(9007199254740991);
        to.Int128(System.Int128.MinValue);
        to.UInt128(System.UInt128.MaxValue);
        to.BigInteger(System.Numerics.BigInteger.Pow(10, 40));
        to.Half((Half)(-0.5));
        to.Single(0.5f);
        to.Double(0.1);
        to.Decimal(1.50m);
        to.Char('é');
        to.Text("a\"😀\n");
        to.Guid(Samples.Id);
        to.Uri(new Uri("https://example.org/ü?a=1"));
        to.Version(new Version(1, 2, 3));
        to.Rune(new Rune(0x1F600));
        to.Address(IPAddress.IPv6Loopback);
        to.Culture(CultureInfo.InvariantCulture);
        to.DateTime(Samples.Utc);
        to.DateTimeOffset(Samples.At);
        to.DateOnly(new DateOnly(2026, 11, 29));
        to.TimeOnly(new TimeOnly(1, 2, 3));
        to.TimeSpan(System.TimeSpan.FromTicks(-1));
        to.EnumByNumber(Priority.High);
        to.EnumByName(Colour.Green);
        to.NullableNumber(null);
        to.NullableText(null);
        to.Bytes(Samples.Bytes);
        to.Memory(Samples.Bytes);
        to.Jagged([[1, 2], []]);
        to.List(["a", null]);
        to.ReadOnlyList([0.5, 2]);
        to.HashSet([1, 2]);
        to.ImmutableArray([1, 2]);
        to.Stack(new Stack<int>([1, 2]));
        to.Dictionary(new() { ["ä b"] = 1 });
        to.NumberKeys(new Dictionary<int, bool> { [-7] = true });
        to.OrderedDictionary(new() { ["b"] = 1, ["a"] = 2 });
        to.DateKeys(new() { [new DateOnly(2026, 11, 29)] = 1 });
        to.BooleanKeys(new() { [true] = 0.5 });
        to.ReadOnlySet(new(new HashSet<int> { 1, 2 }));
        to.Vector2(new(1.5f, -2));
        to.Vector3(new(1.5f, -2, 0));
        to.Vector4(new(1.5f, -2, 0, 1));
        to.Pixel(new(3, -4));
        to.Tuple((1, "a"));
        to.Payload(Samples.Line);
        to.Generic(new(Samples.Utc, Colour.Green));
        to.Union(new Dog("rex", 3));
        to.NumberTexts(new(long.MinValue, ulong.MaxValue, null, 0.1, float.NegativeInfinity, (Half)(-0.5)));
        to.Tree(Samples.Tree);
        to.Custom(new Money(1.5m, "EUR"));
        to.GuidId(new(Samples.Id));
        to.NumberId(new(int.MinValue));
        to.TextId(ArticleNumber.Parse("ä 1"));
        to.TimeId(new(Samples.Utc));
        to.EnumId(new(Colour.Green));
        to.LateId(new(-7));
        to.NullableId(null);
        to.NullableTextId(null);
        to.Ids([new(Samples.Id), null]);
        to.IdMembers(new(new(Samples.Id), ArticleNumber.Parse("a"), null));
        to.IdKeys(new() { [new(Samples.Id)] = new(3) });
        to.TextIdKeys(new() { [ArticleNumber.Parse("ä b")] = 1 });
        to.EnumIdKeys(new() { [new(Colour.Green)] = 1 });
        to.EventValue(EventBus.EventValue.FromArray(1, "a", EventBus.EventValue.Null));
        to.Object(new object[] { 1.5, true });
        to.JsonElement(System.Text.Json.JsonElement.Parse("""{"a":[1]}"""));
        to.JsonDocument(System.Text.Json.JsonDocument.Parse("""{"a":[1]}"""));
        to.Filled(new Wishes("ann").Add(7));
        to.EndPoint(new IPEndPoint(IPAddress.Loopback, 80));
    }
}
