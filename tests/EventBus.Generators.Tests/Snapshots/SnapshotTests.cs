namespace EventBus.Generators.Tests.Snapshots;

public sealed class SnapshotTests
{
    /// <summary>Set to 1, this takes what is emitted as the new snapshots: read the difference before it is committed.</summary>
    private const string AcceptVariable = "EVENTBUS_ACCEPT_SNAPSHOTS";

    public static TheoryData<string> Cases => [.. SnapshotCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_emitted_is_what_was_accepted(string name)
    {
        var snapshot = new SnapshotCase(name);
        var files = GeneratorRun.Of(snapshot.Source).Files;
        if (Environment.GetEnvironmentVariable(AcceptVariable) == "1")
            snapshot.Accept(files);

        Assert.Equal(snapshot.Accepted.Keys.Order(StringComparer.Ordinal), files.Keys.Order(StringComparer.Ordinal));
        Assert.All(files, file => Assert.Equal(snapshot.Accepted[file.Key], file.Value));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Lines_end_with_a_line_feed_and_hold_no_trailing_space(string name) => Assert.All(GeneratorRun.Of(new SnapshotCase(name).Source).Files.Values, static text =>
    {
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("}\n", text);
        Assert.DoesNotContain(" \n", text);
        Assert.DoesNotContain("\n\n\n", text);
        Assert.DoesNotContain("\n\n}", text);
    });
}
