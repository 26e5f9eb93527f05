using System.Collections.Immutable;
using System.Numerics;
using EventBus.SampleContracts;
using EventBus.Serialization;

namespace EventBus.Generators.Tests.Running;

public sealed class ValueEventsTests
{
    private readonly IValueEvents _handler;
    private readonly Recorder<IValueEvents> _recorder;

    public ValueEventsTests() => (_handler, _recorder) = Recorder<IValueEvents>.Create();

    [Theory]
    [MemberData(nameof(Encodings.All), MemberType = typeof(Encodings))]
    public async Task Round_trip_preserves_every_built_in_type(ValueEncoding encoding)
    {
        var emitter = new Loopback<IValueEvents>(encoding, _handler).Emitter;
        var id = Guid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7");
        var at = new DateTime(2026, 2, 3, 4, 5, 6, 789, DateTimeKind.Utc).AddTicks(1);

        await emitter.Integers(
            255, -128, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
            Int128.MinValue, UInt128.MaxValue, BigInteger.Pow(10, 40));
        Assert.Equal(
            [
                (byte)255, (sbyte)-128, short.MinValue, ushort.MaxValue, int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue,
                Int128.MinValue, UInt128.MaxValue, BigInteger.Pow(10, 40),
            ],
            _recorder.Last.Arguments);

        await emitter.Numbers((Half)1.5, 0.1f, Math.PI, 79228162514264337593543950335m, true, null, -0.5);
        Assert.Equal([(Half)1.5, 0.1f, Math.PI, decimal.MaxValue, true, null, -0.5], _recorder.Last.Arguments);

        await emitter.Texts(
            'é', "a\"😀\n", null, id, new Uri("https://example.org/a?b=ü"), new Version(1, 2, 3), Priority.High, Colour.Green, null);
        Assert.Equal(
            ['é', "a\"😀\n", null, id, new Uri("https://example.org/a?b=ü"), new Version(1, 2, 3), Priority.High, Colour.Green, null],
            _recorder.Last.Arguments);

        await emitter.Times(at, new DateTimeOffset(at), new DateOnly(2026, 2, 3), new TimeOnly(4, 5, 6, 7), TimeSpan.FromTicks(-1));
        Assert.Equal(
            [at, new DateTimeOffset(at), new DateOnly(2026, 2, 3), new TimeOnly(4, 5, 6, 7), TimeSpan.FromTicks(-1)],
            _recorder.Last.Arguments);

        await emitter.Lists([1, 2], [3], [4], [5], [6], [7], []);
        Assert.Equal<object?>(
            [new[] { 1, 2 }, new List<int> { 3 }, new[] { 4 }, new[] { 5 }, new[] { 6 }, new[] { 7 }, Array.Empty<int>()],
            _recorder.Last.Arguments);

        await emitter.Sets([1, 2], new HashSet<int> { 3 }, new HashSet<int> { 4 }, [5, 6], [7], [8]);
        Assert.Equal<object?>(
            [
                new HashSet<int> { 1, 2 }, new HashSet<int> { 3 }, new HashSet<int> { 4 },
                ImmutableArray.Create(5, 6), ImmutableList.Create(7), ImmutableHashSet.Create(8),
            ],
            _recorder.Last.Arguments);

        await emitter.Maps(
            new() { ["ä"] = 1 },
            new Dictionary<Guid, int> { [id] = 2 },
            new Dictionary<long, int> { [-3] = 3 },
            ImmutableDictionary<Colour, int>.Empty.Add(Colour.Green, 4));
        Assert.Equal(1, Assert.IsType<Dictionary<string, int>>(_recorder.Last.Arguments[0])["ä"]);
        Assert.Equal(2, Assert.IsAssignableFrom<IDictionary<Guid, int>>(_recorder.Last.Arguments[1])[id]);
        Assert.Equal(3, Assert.IsAssignableFrom<IReadOnlyDictionary<long, int>>(_recorder.Last.Arguments[2])[-3]);
        Assert.Equal(4, Assert.IsType<ImmutableDictionary<Colour, int>>(_recorder.Last.Arguments[3])[Colour.Green]);
    }

    [Fact]
    public async Task Round_trip_preserves_binary()
    {
        byte[] bytes = [0, 1, 255];

        await new Loopback<IValueEvents>(ValueEncoding.MessagePack, _handler).Emitter.Binaries(bytes, bytes, bytes, [.. bytes]);

        Assert.Equal(bytes, Assert.IsType<byte[]>(_recorder.Last.Arguments[0]));
        Assert.Equal(bytes, Assert.IsType<Memory<byte>>(_recorder.Last.Arguments[1]).ToArray());
        Assert.Equal(bytes, Assert.IsType<ReadOnlyMemory<byte>>(_recorder.Last.Arguments[2]).ToArray());
        Assert.Equal(bytes, Assert.IsType<ImmutableArray<byte>>(_recorder.Last.Arguments[3]));
    }

    [Fact]
    public async Task Write_enums_as_numbers_or_names()
    {
        var loopback = new Loopback<IValueEvents>(ValueEncoding.Json, _handler);

        await loopback.Emitter.Texts(
            'a', "", null, Guid.Empty, new Uri("/", UriKind.Relative), new Version(1, 0), Priority.High, Colour.Green, Colour.Red);

        Assert.EndsWith(""","1.0",1,"Green","Red"]""", loopback.Wire);
    }

    [Fact]
    public async Task Defaults_are_equal_for_sender_and_receiver()
    {
        object?[] expected =
        [
            true, '\'', (byte)255, long.MinValue, ulong.MaxValue, float.NegativeInfinity, double.NaN, -1.5e-7, 1.50m,
            "tab\tquote\"\\é\0", null, Guid.Empty, Priority.High, (Priority)(-5), 3, null, default(DateTimeOffset),
        ];
        var loopback = new Loopback<IValueEvents>(ValueEncoding.Json, _handler);

        await loopback.ReceiveAsync("""["defaults"]""");
        Assert.Equal(expected, _recorder.Last.Arguments);

        // An infinity has no form on the wire: it is read back as NaN.
        await loopback.Emitter.Defaults();
        expected[5] = float.NaN;
        Assert.Equal(expected, _recorder.Last.Arguments);
    }
}
