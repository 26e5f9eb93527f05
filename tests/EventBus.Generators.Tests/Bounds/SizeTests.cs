using System.Reflection;
using EventBus.SampleContracts;

namespace EventBus.Generators.Tests.Bounds;

/// <summary>Compares the sizes that the generator computes with the bytes that the runtime writes.</summary>
public sealed class SizeTests
{
    private const int Seed = 20261122;
    private const int Rounds = 200;

    // The bytes that rooms may take, without quotes and comma.
    private const int RoomsAllowance = 256;

    private static readonly MethodInfo[] Methods = typeof(ISizeEvents).GetMethods();

    public static TheoryData<string> Events => [.. Methods.Select(static method => method.Name)];

    // Each key may be there once, but each is counted as the longest.
    public static TheoryData<string> Bounded =>
    [
        .. Methods.Where(static method => SizeOf(method).Greatest is not null && method.Name != nameof(ISizeEvents.Keys))
            .Select(static method => method.Name),
    ];

    [Theory]
    [MemberData(nameof(Events))]
    public void Size_random_values_within_limits_stays_between_bounds(string name)
    {
        var method = typeof(ISizeEvents).GetMethod(name)!;
        var size = SizeOf(method);
        var random = new Random(Seed);
        var values = new SizedValues(Extreme.Any, random);
        for (var round = 0; round < Rounds; round++)
        {
            var measuring = new Measuring(new string('u', random.Next(1, 65)), random.NextInt64(1, 1L << random.Next(1, 63)))
            {
                WithinTransaction = random.Next(4) == 0,
                Target = all => Target(all, random),
            };

            if (measuring.Measure(name, values.Arguments(method)) is { } bytes)
            {
                Assert.InRange(bytes, size.Least, size.Greatest ?? long.MaxValue);
                Assert.False(size.IsAlwaysAttached);
            }
            else
            {
                Assert.Null(size.Greatest);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Size_shortest_values_reach_the_least(string name)
    {
        var method = typeof(ISizeEvents).GetMethod(name)!;
        var size = SizeOf(method);

        var bytes = new Measuring("u", number: 1).Measure(name, new SizedValues(Extreme.Shortest, new Random(Seed)).Arguments(method));

        Assert.Equal(size.IsAlwaysAttached ? null : (int)size.Least, bytes);
    }

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Size_longest_values_reach_the_greatest(string name)
    {
        var method = typeof(ISizeEvents).GetMethod(name)!;
        var measuring = new Measuring(new string('u', 64), long.MaxValue)
        {
            Target = static all => all.To(new string('r', 100)).To("second").Except(new string('e', RoomsAllowance - 100 - 2 - 9 - 2))
                .Volatile.Compress(false),
        };

        var bytes = measuring.Measure(name, new SizedValues(Extreme.Longest, new Random(Seed)).Arguments(method));

        Assert.Equal(SizeOf(method).Greatest, bytes);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Likely_lies_between_least_and_greatest(string name)
    {
        var size = SizeOf(typeof(ISizeEvents).GetMethod(name)!);

        Assert.InRange(size.Likely, size.Least, size.Greatest ?? long.MaxValue);
    }

    [Theory]
    [InlineData("picture", true)]
    [InlineData("pictures", false)]
    [InlineData("unbounded", false)]
    [InlineData("texts", false)]
    public void IsAlwaysAttached_binary_argument_is_true(string name, bool expected) =>
        Assert.Equal(expected, EventSize.Of<ISizeEvents>(name).IsAlwaysAttached);

    [Theory]
    [InlineData("picture")]
    [InlineData("pictures")]
    [InlineData("unbounded")]
    [InlineData("trees")]
    public void Greatest_possibly_binary_argument_is_null(string name) =>
        Assert.Null(EventSize.Of<ISizeEvents>(name).Greatest);

    [Fact]
    public void Of_uses_the_names_on_the_wire()
    {
        Assert.Equal(Methods.Length, EventSize.AllOf<ISizeEvents>().Count);
        Assert.Equal(EventSize.AllOf<ISizeEvents>()["\"nöthing\"\n"], EventSize.Of<ISizeEvents>("\"nöthing\"\n"));
        Assert.Contains("Texts", Assert.Throws<ArgumentException>(static () => EventSize.Of<ISizeEvents>("Texts")).Message);
        Assert.Throws<InvalidOperationException>(static () => EventSize.Of<IDisposable>("dispose"));
    }

    [Fact]
    public void Of_unknown_name_throws_and_lists_the_events() => Assert.StartsWith(
        $"'{typeof(IDiamondEvents)}' has no event with the name 'Left' on the wire. Its events are 'bottom', 'left', 'right', 'root'.",
        Assert.Throws<ArgumentException>(static () => EventSize.Of<IDiamondEvents>("Left")).Message);

    [Fact]
    public void Greatest_enum_keys_count_each_name_once() => Assert.NotNull(EventSize.Of<ISizeEvents>("keys").Greatest);

    [Fact]
    public void Of_inherited_event_has_its_size() => Assert.Equal(
        ["bottom", "left", "right", "root"], EventSize.AllOf<IDiamondEvents>().Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Least_union_is_that_of_its_shortest_case()
    {
        var paid = """paid,{"kind":"card","scheme":""}""".Length - EventSize.Of<IUnionEvents>("paid").Least;

        Assert.Equal(paid, """drawn,{"label":""}""".Length - EventSize.Of<IUnionEvents>("drawn").Least);
        Assert.Equal(paid, """computed,{"$type":"literal","value":0}""".Length - EventSize.Of<IUnionEvents>("computed").Least);
        Assert.InRange(
            EventSize.Of<IUnionEvents>("computed").Likely,
            EventSize.Of<IUnionEvents>("computed").Least,
            EventSize.Of<IUnionEvents>("computed").Least + 100);
    }

    private static EventSize SizeOf(MethodInfo method) => EventSize.Of<ISizeEvents>(
        method.GetCustomAttribute<EventNameAttribute>()?.Name ?? char.ToLowerInvariant(method.Name[0]) + method.Name[1..]);

    // Rooms within the allowance: the longest of them is escaped.
    private static BroadcastOperator<ISizeEvents> Target(BroadcastOperator<ISizeEvents> all, Random random) => random.Next(4) switch
    {
        0 => all,
        1 => all.To("r1"),
        2 => all.To(new string('\u0001', 42)).Volatile,
        _ => all.To("r1", "räum 2").Except("muted").Compress(true),
    };
}
