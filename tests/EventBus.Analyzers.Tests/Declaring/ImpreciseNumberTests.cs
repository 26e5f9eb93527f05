using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class ImpreciseNumberTests
{
    [Theory]
    [InlineData("long [|id|]")]
    [InlineData("ulong? [|id|]")]
    [InlineData("int fine, long[] [|ids|], ulong [|id|]")]
    [InlineData("(int, long) [|pair|]")]
    [InlineData("Dictionary<int, long> [|map|]")]
    [InlineData("[Range(0, double.MaxValue)] long [|id|]")]
    [InlineData("[Range(typeof(long), \"0\", \"9007199254740992\")] long [|id|]")]
    [InlineData("Order [|order|]")]
    [InlineData("Huge [|huge|]")]
    [InlineData("ReadFromText [|numbers|]")]
    public Task Triggers(string parameters) => VerifyAsync(parameters);

    [Theory]
    [InlineData("int id, uint other, short[] more, double real")]
    [InlineData("Int128 text, decimal alsoText, string more")]
    [InlineData("Dictionary<long, int> keysAreText")]
    [InlineData("[Range(0, 9_007_199_254_740_991)] long id")]
    [InlineData("[Range(typeof(long), \"-9007199254740991\", \"9007199254740991\")] long id")]
    [InlineData("[Range(0, 1000)] ulong? id")]
    [InlineData("Small small, HugeByName named")]
    [InlineData("WrittenAsText numbers")]
    public Task Does_not_trigger(string parameters) => VerifyAsync(parameters);

    [Fact]
    public async Task Message_names_the_path_and_the_fix() => Assert.Equal(
        "JavaScript rounds the parameter 'order' of 'Sent' if 'order.Lines[].Article', of type 'long', is beyond 2^53; "
            + "declare a [Range], or send a string",
        Assert.Single(await VerifyAsync("Order [|order|]")));

    /// <summary>The sender that reads the ack may be JavaScript.</summary>
    [Theory]
    [InlineData("Task<long>", "if 'ack', of type 'long', is")]
    [InlineData("ValueTask<List<Line>?>", "if 'ack[].Article', of type 'long', is")]
    public async Task Triggers_on_acks(string ack, string condition)
    {
        var messages = await Analysis.VerifyAsync<ImpreciseNumberAnalyzer>(
            $"[BroadcastEvent] public interface IPollEvents {{ {ack} [|Count|](); Task<int> Fine(); }} "
                + "public record struct Line(long Article);");

        Assert.StartsWith($"JavaScript rounds the ack of 'Count' {condition}", Assert.Single(messages));
    }

    private static Task<System.Collections.Immutable.ImmutableArray<string>> VerifyAsync(string parameters) =>
        Analysis.VerifyAsync<ImpreciseNumberAnalyzer>(
        $$"""
        using System.ComponentModel.DataAnnotations;
        using System.Text.Json.Serialization;

        public record Order(IReadOnlyList<Line> Lines, [Range(0, 1000)] long Total);
        public record struct Line(long Article, string Text);
        [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] public record ReadFromText(long Id);
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)] public record WrittenAsText(List<ulong?> Ids);
        public enum Huge : long { One = 1, Most = long.MaxValue }
        public enum Small : ulong { One = 1 }
        [JsonConverter(typeof(JsonStringEnumConverter<HugeByName>))]
        public enum HugeByName : long { One = 1, Most = long.MaxValue }

        [BroadcastEvent]
        public interface IChatEvents
        {
            void Sent({{parameters}});
        }
        """);
}
