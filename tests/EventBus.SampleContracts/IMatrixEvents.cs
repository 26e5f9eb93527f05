using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace EventBus.SampleContracts;

/// <summary>One event for each type that a parameter may have.</summary>
[BroadcastEvent]
[SuppressMessage("Design", "CA1002:Do not expose generic lists", Justification = "A payload.")]
public interface IMatrixEvents
{
    /// <summary>A boolean.</summary>
    void Boolean(bool value);

    /// <summary>An integer.</summary>
    void Byte(byte value);

    /// <summary>An integer.</summary>
    void SByte(sbyte value);

    /// <summary>An integer.</summary>
    void Int16(short value);

    /// <summary>An integer.</summary>
    void UInt16(ushort value);

    /// <summary>An integer.</summary>
    void Int32(int value);

    /// <summary>An integer.</summary>
    void UInt32(uint value);

    /// <summary>An integer.</summary>
    void Int64(long value);

    /// <summary>An integer.</summary>
    void UInt64(ulong value);

    /// <summary>A large integer.</summary>
    void Int128(Int128 value);

    /// <summary>A large integer.</summary>
    void UInt128(UInt128 value);

    /// <summary>A large integer.</summary>
    void BigInteger(BigInteger value);

    /// <summary>A number.</summary>
    void Half(Half value);

    /// <summary>A number.</summary>
    void Single(float value);

    /// <summary>A number.</summary>
    void Double(double value);

    /// <summary>A number.</summary>
    void Decimal(decimal value);

    /// <summary>Text.</summary>
    void Char(char value);

    /// <summary>Text.</summary>
    void Text(string value);

    /// <summary>Text.</summary>
    void Guid(Guid value);

    /// <summary>Text.</summary>
    void Uri(Uri value);

    /// <summary>Text.</summary>
    void Version(Version value);

    /// <summary>Text.</summary>
    void Rune(Rune value);

    /// <summary>Text.</summary>
    void Address(IPAddress value);

    /// <summary>Text.</summary>
    void Culture(CultureInfo value);

    /// <summary>A time.</summary>
    void DateTime(DateTime value);

    /// <summary>A time.</summary>
    void DateTimeOffset(DateTimeOffset value);

    /// <summary>A time.</summary>
    void DateOnly(DateOnly value);

    /// <summary>A time.</summary>
    void TimeOnly(TimeOnly value);

    /// <summary>A time.</summary>
    void TimeSpan(TimeSpan value);

    /// <summary>A number.</summary>
    void EnumByNumber(Priority value);

    /// <summary>A name.</summary>
    void EnumByName(Colour value);

    /// <summary>Null or a number.</summary>
    void NullableNumber(int? value);

    /// <summary>Null or text.</summary>
    void NullableText(string? value);

    /// <summary>Binary.</summary>
    void Bytes(byte[] value);

    /// <summary>Binary.</summary>
    void Memory(ReadOnlyMemory<byte> value);

    /// <summary>An array of arrays.</summary>
    void Jagged(int[][] value);

    /// <summary>A list.</summary>
    void List(List<string?> value);

    /// <summary>A list by its interface.</summary>
    void ReadOnlyList(IReadOnlyList<double> value);

    /// <summary>A set.</summary>
    void HashSet(HashSet<int> value);

    /// <summary>An immutable collection.</summary>
    void ImmutableArray(ImmutableArray<int> value);

    /// <summary>A stack.</summary>
    void Stack(Stack<int> value);

    /// <summary>A dictionary.</summary>
    void Dictionary(Dictionary<string, int> value);

    /// <summary>A dictionary with keys that are numbers.</summary>
    void NumberKeys(IReadOnlyDictionary<int, bool> value);

    /// <summary>A dictionary in its own order.</summary>
    void OrderedDictionary(OrderedDictionary<string, int> value);

    /// <summary>A dictionary with keys that are dates.</summary>
    void DateKeys(Dictionary<DateOnly, int> value);

    /// <summary>A dictionary with keys that are booleans.</summary>
    void BooleanKeys(Dictionary<bool, double> value);

    /// <summary>A set by its class.</summary>
    void ReadOnlySet(ReadOnlySet<int> value);

    /// <summary>A map of numbers.</summary>
    void Vector2(Vector2 value);

    /// <summary>A map of numbers.</summary>
    void Vector3(Vector3 value);

    /// <summary>A map of numbers.</summary>
    void Vector4(Vector4 value);

    /// <summary>A map of integers.</summary>
    void Pixel(System.Drawing.Point value);

    /// <summary>A tuple.</summary>
    void Tuple((int Id, string Name) value);

    /// <summary>A record with a nested struct.</summary>
    void Payload(Line value);

    /// <summary>A closed generic record.</summary>
    void Generic(Pair<DateTime, Colour> value);

    /// <summary>A union.</summary>
    void Union(Animal value);

    /// <summary>Numbers as text.</summary>
    void NumberTexts(NumberTexts value);

    /// <summary>A tree.</summary>
    void Tree(Expression value);

    /// <summary>A type with a custom formatter.</summary>
    void Custom(Money value);

    /// <summary>A strongly typed id.</summary>
    void GuidId(CustomerId value);

    /// <summary>A strongly typed id.</summary>
    void NumberId(TicketNumber value);

    /// <summary>A strongly typed id that is a class.</summary>
    void TextId(ArticleNumber value);

    /// <summary>A strongly typed time.</summary>
    void TimeId(Slot value);

    /// <summary>A strongly typed enum.</summary>
    void EnumId(Favourite value);

    /// <summary>A strongly typed id with a computed value.</summary>
    void LateId(LateId value);

    /// <summary>No id.</summary>
    void NullableId(CustomerId? value);

    /// <summary>No id.</summary>
    void NullableTextId(ArticleNumber? value);

    /// <summary>Ids in a collection.</summary>
    void Ids(List<CustomerId?> value);

    /// <summary>Ids as members.</summary>
    void IdMembers(Purchase value);

    /// <summary>Ids as keys and values.</summary>
    void IdKeys(Dictionary<CustomerId, TicketNumber> value);

    /// <summary>Ids as keys.</summary>
    void TextIdKeys(Dictionary<ArticleNumber, int> value);

    /// <summary>Ids as keys.</summary>
    void EnumIdKeys(Dictionary<Favourite, int> value);

    /// <summary>Any value.</summary>
    void EventValue(EventValue value);

    /// <summary>Any value.</summary>
    void Object(object value);

    /// <summary>Any value.</summary>
    void JsonElement(JsonElement value);

    /// <summary>Any value.</summary>
    void JsonDocument(JsonDocument value);

    /// <summary>A record whose list nothing can set.</summary>
    void Filled(Wishes value);

    /// <summary>A type of the framework with a formatter of this assembly.</summary>
    void EndPoint(IPEndPoint value);
}

/// <summary>A generic record.</summary>
/// <typeparam name="TFirst">The type of the first.</typeparam>
/// <typeparam name="TSecond">The type of the second.</typeparam>
/// <param name="First">The first.</param>
/// <param name="Second">The second.</param>
public sealed record Pair<TFirst, TSecond>(TFirst First, TSecond Second);
