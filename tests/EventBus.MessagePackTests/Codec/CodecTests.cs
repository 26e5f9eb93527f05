using System.Globalization;

namespace EventBus.MessagePackTests.Codec;

/// <summary>The codec against MessagePack-CSharp, with random values and random bytes.</summary>
public sealed class CodecTests
{
    private const int Values = 200_000;

    // Set the variable to the seed of a failure to repeat it.
    private static readonly int Seed = Environment.GetEnvironmentVariable("EVENTBUS_CODEC_SEED") is { Length: > 0 } seed
        ? int.Parse(seed, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    [Fact]
    public void Write_gives_the_same_bytes_and_MessagePack_reads_them()
    {
        var random = new RandomValues(Seed);
        for (var i = 0; i < Values; i++)
        {
            var value = random.Next();
            var bytes = EventBusCodec.Write(value);
            var expected = Oracle.Write(value);
            if (!bytes.AsSpan().SequenceEqual(expected) || Oracle.Read(bytes) != value)
                Assert.Fail($"Seed {Seed}: {value} is {Convert.ToHexStringLower(bytes)}, but {Convert.ToHexStringLower(expected)}");
        }
    }

    [Fact]
    public void Read_accepts_every_form_that_MessagePack_writes()
    {
        var (random, forms) = (new RandomValues(Seed), new RandomForms(Seed));
        for (var i = 0; i < Values; i++)
        {
            var value = random.Next();
            var bytes = forms.Write(value);
            if (EventBusCodec.Read(bytes) != value)
                Assert.Fail($"Seed {Seed}: {Convert.ToHexStringLower(bytes)} is {EventBusCodec.Read(bytes)}, but {value} was written");
        }
    }

    [Fact]
    public void Read_of_damaged_bytes_differs_from_MessagePack_only_as_listed()
    {
        var (values, forms, damage) = (new RandomValues(Seed), new RandomForms(Seed), new Damage(Seed));
        var accepted = 0;
        for (var i = 0; i < Values; i++)
        {
            var bytes = damage.Apply(forms.Write(values.Next()));
            var (ours, theirs) = (Outcome.OfEventBus(bytes), Outcome.OfReader(bytes));
            accepted += ours.Value is null ? 0 : 1;
            if (!Comparison.IsSameOrListed(ours, theirs))
                Assert.Fail($"Seed {Seed}: {Convert.ToHexStringLower(bytes)}\nEventBus: {ours}\nMessagePack: {theirs}");
        }

        // Otherwise the damage is such that nothing is compared.
        Assert.InRange(accepted, Values / 20, Values * 19 / 20);
    }

    [Theory]
    [MemberData(nameof(Disagreement.Names), MemberType = typeof(Disagreement))]
    public void Listed_disagreement_has_these_outcomes(string name)
    {
        var disagreement = Disagreement.All.Single(disagreement => disagreement.Name == name);

        Assert.Equal(disagreement.EventBus, disagreement.Example.EventBus());
        Assert.Equal(disagreement.MessagePack, disagreement.Example.MessagePack());
        Assert.NotEqual(disagreement.EventBus, disagreement.MessagePack);
    }
}
