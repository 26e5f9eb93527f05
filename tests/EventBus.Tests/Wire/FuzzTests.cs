using EventBus.Fuzz;

namespace EventBus.Tests.Wire;

/// <summary>A short run of <c>eng/fuzz.sh</c>, and a check that the fuzzer itself detects failures.</summary>
public class FuzzTests
{
    private static readonly FuzzSeed[] Seeds = FuzzSeeds.Load();

    [Fact]
    public void FuzzRun_rejects_mutated_messages_with_one_exception_and_little_memory()
    {
        var run = new FuzzRun(20_261_122, Seeds, new FuzzTarget(Seeds).Accepts);
        run.Try(20_000);
        Assert.All([run.Json, run.MessagePack], count =>
        {
            Assert.Equal(20_000, count.Accepted + count.Rejected);
            Assert.InRange(count.Accepted, 500, 10_000);
        });
    }

    [Fact]
    public void FuzzTarget_accepts_the_unmutated_seeds()
    {
        var target = new FuzzTarget(Seeds);
        Assert.All(Seeds, seed => Assert.True(target.Accepts(seed.Bytes, seed)));
    }

    [Fact]
    public void FuzzRun_fails_and_shows_the_input_on_another_exception()
    {
        var run = new FuzzRun(1, Seeds, (_, _) => throw new InvalidOperationException("broken"));
        var failure = Assert.Throws<FuzzFailure>(() => run.Try(1));
        Assert.Contains(Convert.ToHexStringLower(run.Current), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FuzzRun_fails_when_a_small_input_takes_much_memory()
    {
        byte[] waste = [];
        var run = new FuzzRun(1, Seeds, (_, _) => (waste = new byte[32 * 1024 * 1024]).Length > 0);
        Assert.Throws<FuzzFailure>(() => run.Try(1));
        Assert.NotEmpty(waste);
    }

    [Fact]
    public void FuzzRun_repeats_its_messages_for_the_same_seed()
    {
        Assert.Equal(Messages(7), Messages(7));
        Assert.NotEqual(Messages(7), Messages(8));
    }

    private static List<string> Messages(int seed)
    {
        var messages = new List<string>();
        new FuzzRun(seed, Seeds, (bytes, _) =>
        {
            messages.Add(Convert.ToHexString(bytes.Span));
            return true;
        }).Try(50);
        return messages;
    }
}
