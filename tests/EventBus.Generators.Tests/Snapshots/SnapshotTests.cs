namespace EventBus.Generators.Tests.Snapshots;

public sealed class SnapshotTests
{
    public static TheoryData<string> Cases => [.. SnapshotCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Emitted_files_equal_the_accepted_ones(string name)
    {
        var snapshot = new SnapshotCase(name);
        snapshot.Emitted.Verify(GeneratorRun.Of(snapshot.Source).Files);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Emitted_lines_end_with_a_line_feed_and_no_space(string name) =>
        Assert.All(GeneratorRun.Of(new SnapshotCase(name).Source).Files.Values, static text =>
    {
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain(" \n", text);
        Assert.DoesNotContain("\n\n\n", text);
        Assert.DoesNotContain("\n\n}", text);
    });
}
