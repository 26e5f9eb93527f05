using System.Numerics;
using System.Text;
using EventBus.Serialization;
using FsCheck;
using FsCheck.Fluent;

namespace EventBus.Tests.Serialization;

public class PropertyTests
{
    [Fact]
    public void Read_returns_the_written_value_in_both_encodings()
    {
        Holds<long, Int64Formatter>();
        Holds<ulong, UInt64Formatter>();
        Holds<short, Int16Formatter>();
        Holds<double, DoubleFormatter>(static value => double.IsFinite(value) ? value : double.NaN);
        Holds<float, SingleFormatter>(static value => float.IsFinite(value) ? value : float.NaN);
        Holds<decimal, DecimalFormatter>();
        Holds<BigInteger, BigIntegerFormatter>();
        Holds<Guid, GuidFormatter>();
        Holds<DateTime, DateTimeFormatter>(static value => value.Kind == DateTimeKind.Local ? value.ToUniversalTime() : value);
        Holds<TimeSpan, TimeSpanFormatter>();
        Holds<DayOfWeek, EnumNameFormatter<DayOfWeek>>();
        Holds<string?, NullableReferenceFormatter<string, StringFormatter>>(static value => value is null ? null : WellFormed(value));
        Holds<char, CharFormatter>(static value => char.IsSurrogate(value) ? '\ufffd' : value);
        Holds<int[], ArrayFormatter<int, Int32Formatter>>();
        Holds<int?[], ArrayFormatter<int?, NullableFormatter<int, Int32Formatter>>>();
        Holds<List<double>, ListFormatter<double, DoubleFormatter>>(
            static values => [.. values.Select(value => double.IsFinite(value) ? value : double.NaN)]);
        Holds<Dictionary<Guid, long>, DictionaryFormatter<Guid, long, GuidKeyFormatter, Int64Formatter>>();
    }

    [Fact]
    public void Read_of_any_bytes_returns_a_value_or_a_typed_error()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll<byte[]>(bytes =>
        {
            IsValueOrTypedError(() => Encoded.FromMessagePack(bytes, (ref r) => default(EventValueFormatter).Read(ref r)));
            IsValueOrTypedError(() => Encoded.FromJson(bytes, (ref r) => default(EventValueFormatter).Read(ref r)));
            IsValueOrTypedError(() => Encoded.FromMessagePack(bytes, (ref r) => default(JsonElementFormatter).Read(ref r)));
        }));

        // Bytes with the structure of JSON get further.
        const string Alphabet = "[]{},:\"\\u0d8e+-1.tfn \u00e9";
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll<byte[]>(bytes =>
        {
            var json = string.Concat(bytes.Select(value => Alphabet[value % Alphabet.Length]));
            IsValueOrTypedError(() => Encoded.FromJson(json, (ref r) => default(EventValueFormatter).Read(ref r)));
            IsValueOrTypedError(() => Encoded.FromJson(json, (ref r) => default(JsonElementFormatter).Read(ref r)));
        }));
    }

    [Fact]
    public void Skip_accepts_the_same_bytes_as_Read_and_ends_at_the_same_position()
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll<byte[]>(bytes =>
        {
            var reading = new MessagePackValueReader(bytes);
            try
            {
                default(EventValueFormatter).Read(ref reading);
            }
            catch (EventSerializationException)
            {
                return;
            }

            var skipping = new MessagePackValueReader(bytes);
            skipping.Skip();
            Assert.Equal(reading.Position, skipping.Position);
        }));
    }

    private static void Holds<T, TFormatter>(Func<T, T>? asItIsRead = null)
        where TFormatter : struct, IFormatter<T>
    {
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll<T>(value =>
        {
            var expected = asItIsRead is null ? value : asItIsRead(value);
            Assert.Equal(
                expected, Encoded.FromJson(Encoded.JsonBytes((ref w) => default(TFormatter).Write(ref w, value)),
                (ref r) => default(TFormatter).Read(ref r)));
            Assert.Equal(
                expected, Encoded.FromMessagePack(Encoded.MessagePack((ref w) => default(TFormatter).Write(ref w, value)),
                (ref r) => default(TFormatter).Read(ref r)));
        }));
    }

    private static void IsValueOrTypedError<T>(Func<T> read)
    {
        try
        {
            read();
        }
        catch (EventSerializationException exception)
        {
            Assert.True(exception.Position >= 0);
        }
    }

    private static string WellFormed(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
