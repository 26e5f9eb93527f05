using EventBus.Fuzz;

namespace EventBus.Tests.Wire;

/// <summary>A short run of what <c>eng/fuzz.sh</c> does for long, and whether it would notice.</summary>
public class FuzzTests
{
    private static readonly FuzzSeed[] Seeds = FuzzSeeds.Load();

    [Fact]
    public void Spoiled_messages_are_rejected_with_one_exception_and_in_little_memory()
    {
        var run = new FuzzRun(20_261_122, Seeds, FuzzTarget.Accepts);
        run.Try(20_000);
        Assert.All([run.Json, run.MessagePack], count =>
        {
            Assert.Equal(20_000, count.Accepted + count.Rejected);
            Assert.InRange(count.Accepted, 500, 10_000);
        });
    }

    [Fact]
    public void Unspoiled_messages_are_accepted() => Assert.All(Seeds, seed => Assert.True(FuzzTarget.Accepts(seed.Bytes, seed)));

    [Fact]
    public void Another_exception_is_a_failure_that_shows_the_input()
    {
        var run = new FuzzRun(1, Seeds, (_, _) => throw new InvalidOperationException("broken"));
        var failure = Assert.Throws<FuzzFailure>(() => run.Try(1));
        Assert.Contains(Convert.ToHexStringLower(run.Current), failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Much_memory_for_little_input_is_a_failure()
    {
        byte[] waste = [];
        var run = new FuzzRun(1, Seeds, (_, _) => (waste = new byte[32 * 1024 * 1024]).Length > 0);
        Assert.Throws<FuzzFailure>(() => run.Try(1));
        Assert.NotEmpty(waste);
    }

    [Fact]
    public void The_same_seed_gives_the_same_messages()
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
