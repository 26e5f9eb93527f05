namespace EventBus.InteropTests.SocketIo;

/// <summary>Messages around PostgreSQL's limit, which the reference itself loses at exactly 8000 bytes.</summary>
public sealed class ThresholdTests(PostgresFixture postgres)
{
    // The envelope is about 200 bytes: these texts lead over the limit of 7999 bytes in steps of one byte, and of two.
    private const int ShortestText = 7700;
    private const int LongestText = 7850;

    [Theory(Timeout = 120_000)]
    [InlineData("x", 1)]
    [InlineData("é", 2)]
    public async Task Every_size_around_the_limit_arrives(string letter, int bytes)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var cluster = await InteropCluster.StartAsync(postgres, cancellation);

        var names = new List<string>();
        for (var length = ShortestText; length <= LongestText; length += bytes)
        {
            var name = $"{length}";
            names.Add(name);
            await cluster.EmitAsync(Sender.DotNetPublisher, new Emission(name, $"[\"{string.Concat(Enumerable.Repeat(letter, length / bytes))}\"]"), cancellation);
        }

        var statistics = cluster.Publisher.Statistics;
        Assert.True(statistics.Inline > 0, "No event went inside its notification.");
        Assert.True(statistics.Attached > 0, "No event went as an attachment.");
        Assert.Equal(names.Count, statistics.Inline + statistics.Attached);

        foreach (var name in names)
        {
            var text = (await cluster.WaitForAsync("node.plain", name, cancellation))[0].GetString()!;
            Assert.Equal(int.Parse(name, System.Globalization.CultureInfo.InvariantCulture) / bytes, text.Length);
        }

        await cluster.WaitForAsync("net.plain", names[^1], cancellation);
        Assert.Equal(names, cluster.Received("net.plain"));
        Assert.Equal(names.Count, cluster.Received("node.plain").Length);
    }
}
