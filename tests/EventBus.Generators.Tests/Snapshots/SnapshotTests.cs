namespace EventBus.Generators.Tests.Snapshots;

public sealed class SnapshotTests
{
    public static TheoryData<string> Cases => [.. SnapshotCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_emitted_is_what_was_accepted(string name)
    {
        var snapshot = new SnapshotCase(name);
        snapshot.Emitted.Verify(GeneratorRun.Of(snapshot.Source).Files);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_end_with_a_line_feed_and_hold_no_trailing_space(string name) =>
        Assert.All(GeneratorRun.Of(new SnapshotCase(name).Source).Files.Values, static text =>
    {
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain(" \n", text);
        Assert.DoesNotContain("\n\n\n", text);
        Assert.DoesNotContain("\n\n}", text);
    });
}
