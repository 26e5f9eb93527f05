using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace EventBus.Generators.Tests.Bounds;

/// <summary>
/// Makes values of any type within the limits that are declared beside it: those with the shortest JSON, those with the longest, or any.
/// </summary>
internal sealed class SizedValues(Extreme extreme, Random random)
{
    // How far a value goes that nothing bounds.
    private const int Far = 40;
    private const int MaxDepth = 4;

    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Half LongestHalf = Enumerable.Range(0, ushort.MaxValue + 1)
        .Select(static bits => BitConverter.UInt16BitsToHalf((ushort)bits))
        .Where(static half => Half.IsFinite(half)).MaxBy(static half => Printed((float)half).Length);

    private const float LongestSingle = -3.4028235e20f;

    private static readonly IPAddress LongestAddress = new(
        [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0x5e, 0xfe, 255, 255, 255, 255], uint.MaxValue);

    // Without ICU, every name of letters is a culture.
    private static readonly CultureInfo LongestCulture = CultureInfo.GetCultureInfo(new string('a', 85));

    private int _depth;

    public object?[] Arguments(MethodInfo method) =>
        [.. method.GetParameters().Select(parameter => Make(Nullability.Create(parameter), [.. parameter.GetCustomAttributes()]))];

    private static string Printed(float value)
    {
        Span<byte> text = stackalloc byte[Serialization.EcmaScriptNumber.MaxLength];
        return System.Text.Encoding.ASCII.GetString(text[..Serialization.EcmaScriptNumber.Format(value, text)]);
    }

    private object? Make(NullabilityInfo type, Attribute[] limits)
    {
        var underlying = Nullable.GetUnderlyingType(type.Type);
        if (underlying is null && type.ReadState != NullabilityState.Nullable)
            return Make(type.Type, type, limits);
        if (_depth > MaxDepth || IsNullTaken(underlying ?? type.Type, limits))
            return null;
        return Make(underlying ?? type.Type, type, limits);
    }

    // null has four bytes.
    private bool IsNullTaken(Type type, Attribute[] limits) => extreme switch
    {
        Extreme.Shortest when type == typeof(string) => Count(limits) > 2,
        Extreme.Shortest => type == typeof(byte[]) || type == typeof(SampleContracts.Colour)
            || !(type.IsPrimitive || type.IsArray || type.IsEnum || (type.IsGenericType && !type.IsValueType)),
        Extreme.Longest => type == typeof(byte),
        _ => random.Next(3) == 0,
    };

    private object Make(Type type, NullabilityInfo info, Attribute[] limits)
    {
        if (type == typeof(string))
            return Text(limits);
        if (type.IsEnum)
            return Pick([.. Values(type).Cast<object>()], Length);
        if (type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]))
            return type.IsArray ? new byte[3] : (object)new ReadOnlyMemory<byte>(new byte[3]);
        if (Integers.TryGetValue(type, out var range))
            return Integer(type, range, limits.OfType<RangeAttribute>().SingleOrDefault());
        if (Scalars.TryGetValue(type, out var scalars))
            return Pick(scalars, null);
        if (type.IsArray)
            return Items(type.GetElementType()!, info.ElementType!, limits);
        if (typeof(ITuple).IsAssignableFrom(type))
            return Activator.CreateInstance(type, [.. info.GenericTypeArguments.Select(item => Make(item, []))])!;
        if (type.IsGenericType && type.GetGenericArguments().Length == 2)
            return Map(type.GetGenericArguments(), info.GenericTypeArguments[1], limits);
        if (type.IsGenericType)
            return Collection(type, Items(type.GetGenericArguments()[0], info.GenericTypeArguments[0], limits));
        return Payload(type);
    }

    private object Payload(Type type)
    {
        _depth++;
        try
        {
            var constructor = type.GetConstructors().MaxBy(static candidate => candidate.GetParameters().Length)!;
            var arguments = constructor.GetParameters();
            var payload = constructor.Invoke([.. arguments.Select(parameter => Make(
                Nullability.Create(parameter),
                [.. parameter.GetCustomAttributes(), .. type.GetProperty(parameter.Name!)!.GetCustomAttributes()]))]);
            var leavesOut = extreme == Extreme.Shortest && type == typeof(SampleContracts.SizedHints);
            foreach (var property in type.GetProperties().Where(static property => property.CanWrite))
            {
                if (arguments.All(parameter => parameter.Name != property.Name))
                    property.SetValue(payload, leavesOut ? null : Longer(property));
            }

            return payload;
        }
        finally
        {
            _depth--;
        }
    }

    // A member that is left out if it is null makes the payload longer if it is not null.
    private object? Longer(PropertyInfo property) =>
        extreme == Extreme.Longest && Nullable.GetUnderlyingType(property.PropertyType) is { } underlying
        ? Make(underlying, Nullability.Create(property), [])
        : Make(Nullability.Create(property), [.. property.GetCustomAttributes()]);

    private string Text(Attribute[] limits)
    {
        const string Any = "aZ9 \"\\\n\u0001\u001f\u007fäß€\u2028\ud83d\ude00\ud800";
        return extreme switch
        {
            Extreme.Any => string.Concat(Enumerable.Range(0, Count(limits)).Select(_ => Any[random.Next(Any.Length)])),
            _ => new string(extreme == Extreme.Shortest ? 'a' : '\u0001', Count(limits)),
        };
    }

    private int Count(Attribute[] limits)
    {
        var least = limits.DefaultIfEmpty().Max(static limit => limit switch
        {
            MinLengthAttribute min => min.Length,
            LengthAttribute length => length.MinimumLength,
            StringLengthAttribute text => text.MinimumLength,
            _ => 0,
        });
        var most = limits.DefaultIfEmpty().Min(static limit => limit switch
        {
            MaxLengthAttribute { Length: >= 0 } max => max.Length,
            LengthAttribute length => length.MaximumLength,
            StringLengthAttribute text => text.MaximumLength,
            _ => int.MaxValue,
        });
        most = most == int.MaxValue ? Math.Max(least, _depth > MaxDepth ? 0 : Far >> _depth) : _depth > MaxDepth ? least : most;
        return extreme switch { Extreme.Shortest => least, Extreme.Longest => most, _ => random.Next(least, most + 1) };
    }

    private object Integer(Type type, (BigInteger Least, BigInteger Most) range, RangeAttribute? limit)
    {
        var (least, most) = range;
        if (limit is not null)
        {
            var from = Math.Ceiling(Convert.ToDecimal(limit.Minimum, CultureInfo.InvariantCulture)) + (limit.MinimumIsExclusive ? 1 : 0);
            var to = Math.Floor(Convert.ToDecimal(limit.Maximum, CultureInfo.InvariantCulture)) - (limit.MaximumIsExclusive ? 1 : 0);
            if (from <= to)
                (least, most) = ((BigInteger)from, (BigInteger)to);
        }

        BigInteger[] candidates = least <= 0 && most >= 0 ? [least, most, 0] : [least, most];
        var chosen = extreme == Extreme.Any
            ? least + (BigInteger)((double)(most - least) * random.NextDouble())
            : (BigInteger)Pick([.. candidates], static value => value.ToString()!.Length);
        return Convert.ChangeType(chosen.ToString(CultureInfo.InvariantCulture), type, CultureInfo.InvariantCulture);
    }

    private Array Items(Type type, NullabilityInfo info, Attribute[] limits)
    {
        var items = Array.CreateInstance(type, Count(limits));
        for (var i = 0; i < items.Length; i++)
            items.SetValue(type == typeof(Guid) ? Guid.NewGuid() : Make(info, []), i);
        return items;
    }

    private static object Collection(Type type, Array items)
    {
        var item = type.GetGenericArguments()[0];
        if (type.IsAssignableFrom(items.GetType()))
            return items;
        return Activator.CreateInstance(
            (type.Name.StartsWith("HashSet", StringComparison.Ordinal) ? typeof(HashSet<>) : typeof(List<>)).MakeGenericType(item), items)!;
    }

    private IDictionary Map(Type[] types, NullabilityInfo value, Attribute[] limits)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(types))!;
        var count = types[0].IsEnum ? Math.Min(Count(limits), Enum.GetValues(types[0]).Length) : Count(limits);
        for (var i = 0; map.Count < count; i++)
        {
            object key = types[0] switch
            {
                var text when text == typeof(string) => new string('k', i),
                var integer when integer == typeof(int) => extreme == Extreme.Shortest ? i : int.MinValue + i,
                var id when id == typeof(Guid) => Guid.NewGuid(),
                var flags when flags == typeof(SampleContracts.RightsByName) =>
                    SampleContracts.RightsByName.Read | SampleContracts.RightsByName.Write,
                var scalar when Scalars.TryGetValue(scalar, out var scalars) => Pick([.. scalars.Where(IsKey)], null),
                var names => Enum.GetValues(names).Cast<object>()
                    .OrderBy(value => extreme == Extreme.Longest ? -Length(value) : Length(value)).ElementAt(i),
            };
            map[key] = Make(value, []);
        }

        return map;
    }

    private object Pick(object[] candidates, Func<object, int>? length) => extreme switch
    {
        Extreme.Any => candidates[random.Next(candidates.Length)],
        Extreme.Shortest => length is null ? candidates[0] : candidates.MinBy(length)!,
        _ => length is null ? candidates[^1] : candidates.MaxBy(length)!,
    };

    private static bool IsKey(object value) => value is not (double.NaN or float.NaN) && !(value is Half half && Half.IsNaN(half));

    private static IEnumerable Values(Type type)
    {
        if (type == typeof(SampleContracts.Unnamed))
            return new[] { (SampleContracts.Unnamed)0, (SampleContracts.Unnamed)short.MinValue };
        return type == typeof(SampleContracts.Rights) || type == typeof(SampleContracts.RightsByName)
            ? Enumerable.Range(0, 4).Select(bits => Enum.ToObject(type, type == typeof(SampleContracts.Rights) ? bits * 4 : bits)).ToArray()
            : Enum.GetValues(type);
    }

    private static int Length(object value) => value switch
    {
        SampleContracts.Colour or SampleContracts.RightsByName when Enum.IsDefined(value.GetType(), value) => value.ToString()!.Length + 2,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture).Length,
    };

    private static readonly Dictionary<Type, (BigInteger, BigInteger)> Integers = new()
    {
        [typeof(byte)] = (byte.MinValue, byte.MaxValue),
        [typeof(sbyte)] = (sbyte.MinValue, sbyte.MaxValue),
        [typeof(short)] = (short.MinValue, short.MaxValue),
        [typeof(ushort)] = (ushort.MinValue, ushort.MaxValue),
        [typeof(int)] = (int.MinValue, int.MaxValue),
        [typeof(uint)] = (uint.MinValue, uint.MaxValue),
        [typeof(long)] = (long.MinValue, long.MaxValue),
        [typeof(ulong)] = (ulong.MinValue, ulong.MaxValue),
    };

    // The shortest first, the longest last.
    private static readonly Dictionary<Type, object[]> Scalars = new()
    {
        [typeof(bool)] = [true, false],
        [typeof(Int128)] = [Int128.One, Int128.MaxValue, Int128.MinValue],
        [typeof(UInt128)] = [UInt128.One, UInt128.MaxValue],
        [typeof(BigInteger)] = [BigInteger.One, -BigInteger.Pow(10, 77), -BigInteger.Pow(10, 9_998)],
        [typeof(Half)] = [Half.Zero, Half.NaN, Half.MaxValue, LongestHalf],
        [typeof(float)] = [0f, -0f, float.NaN, float.Epsilon, -1.2345679e-7f, -0.00000123456789f, float.MinValue, -3.4028235e20f],
        [typeof(double)] = [0d, -0d, double.NaN, double.Epsilon, double.MinValue, -1.2345678901234567e-300, -1.2345678901234567e20,
            -0.0000012345678901234567],
        [typeof(decimal)] = [0m, decimal.MinValue, 1.50m, 0.0000000000000000000000000001m, -7.9228162514264337593543950335m],
        [typeof(char)] = ['a', '"', 'ä', '€', '\ud800', '\u0001'],
        [typeof(Rune)] = [new Rune('a'), new Rune(0x1F600), new Rune('"'), new Rune(1)],
        [typeof(IPAddress)] = [IPAddress.IPv6Any, IPAddress.Loopback, LongestAddress],
        [typeof(CultureInfo)] = [CultureInfo.InvariantCulture, CultureInfo.GetCultureInfo("cs-CZ"), LongestCulture],
        [typeof(Vector2)] = [Vector2.Zero, new Vector2(float.NaN, 1.5f), new Vector2(LongestSingle)],
        [typeof(Vector3)] = [Vector3.Zero, new Vector3(1.5f), new Vector3(LongestSingle)],
        [typeof(Vector4)] = [Vector4.Zero, new Vector4(1.5f), new Vector4(LongestSingle)],
        [typeof(System.Drawing.Point)] = [System.Drawing.Point.Empty, new System.Drawing.Point(int.MinValue, int.MinValue)],
        [typeof(Guid)] = [Guid.Empty, Guid.NewGuid()],
        [typeof(Version)] = [new Version(0, 0), new Version(1, 2, 3), new Version(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)],
        [typeof(Uri)] = [new Uri("", UriKind.RelativeOrAbsolute), new Uri("https://example.org/ä?\"")],
        [typeof(DateTime)] = [default(DateTime), DateTime.MaxValue, new DateTime(2026, 11, 22, 18, 0, 0, DateTimeKind.Local),
            new DateTime(1, DateTimeKind.Utc)],
        [typeof(DateTimeOffset)] = [DateTimeOffset.UnixEpoch, DateTimeOffset.MaxValue],
        [typeof(DateOnly)] = [DateOnly.MinValue, DateOnly.MaxValue],
        [typeof(TimeOnly)] = [TimeOnly.MinValue, TimeOnly.MaxValue],
        [typeof(TimeSpan)] = [TimeSpan.Zero, TimeSpan.FromTicks(1), TimeSpan.FromDays(3), TimeSpan.MaxValue, TimeSpan.MinValue],
    };
}
