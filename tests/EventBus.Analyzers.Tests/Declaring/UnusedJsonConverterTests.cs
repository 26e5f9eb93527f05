using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnusedJsonConverterTests
{
    [Theory]
    [InlineData("Money", "'value' has the JSON converter 'MoneyConverter'")]
    [InlineData("Money?[]", "'value[]' has the JSON converter 'MoneyConverter'")]
    [InlineData("Order", "'value.Price' has the JSON converter 'IntConverter'")]
    [InlineData("Sizes", "'value.All' has the JSON converter 'JsonStringEnumConverter'")]
    [InlineData("Odd", "'value' has the JSON converter 'OddConverter'")]
    public async Task Triggers(string type, string message)
    {
        var messages = await Analysis.VerifyAsync<UnusedJsonConverterAnalyzer>(Source($"{type} [|value|]"));

        Assert.StartsWith(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_once_on_a_case_that_also_stands_alone() => Assert.StartsWith(
        "'(value.Item1 as Plum).Price' has",
        Assert.Single(await Analysis.VerifyAsync<UnusedJsonConverterAnalyzer>(Source("(Fruit, Plum) [|value|]"))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("Size value")]
    [InlineData("Named value")]
    [InlineData("Formatted[] value")]
    [InlineData("System.Text.Json.JsonElement value")]
    [InlineData("[Formatter(typeof(MoneyFormatter))] Money value")]
    public Task Does_not_trigger(string parameter) => Analysis.VerifyAsync<UnusedJsonConverterAnalyzer>(Source(parameter));

    private static string Source(string parameter) => $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{parameter}}); }
        [JsonConverter(typeof(MoneyConverter))] public record struct Money(decimal Amount);
        [JsonConverter(typeof(MoneyConverter)), Formatter(typeof(FormattedFormatter))] public record struct Formatted(decimal Amount);
        public class Order { [JsonConverter(typeof(IntConverter))] public int Price { get; set; } }
        public class Sizes { [JsonConverter(typeof(JsonStringEnumConverter))] public List<Size> All { get; set; } = []; }
        public class Named { [JsonConverter(typeof(JsonStringEnumConverter))] public Size? One { get; set; } }
        [JsonConverter(typeof(JsonStringEnumConverter<Size>))] public enum Size { Small }
        [JsonConverter(typeof(OddConverter))] public enum Odd { One }
        [JsonDerivedType(typeof(Plum), 1)] public abstract class Fruit;
        public class Plum : Fruit { [JsonConverter(typeof(IntConverter))] public int Price { get; set; } }
        public abstract class MoneyConverter : JsonConverter<Money>;
        public abstract class IntConverter : JsonConverter<int>;
        public abstract class OddConverter : JsonConverter<Odd>;
        public struct MoneyFormatter : IFormatter<Money>
        {
            public void Write<TWriter>(ref TWriter writer, in Money value) where TWriter : IValueWriter, allows ref struct { }
            public Money Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default;
        }
        public struct FormattedFormatter : IFormatter<Formatted>
        {
            public void Write<TWriter>(ref TWriter writer, in Formatted value) where TWriter : IValueWriter, allows ref struct { }
            public Formatted Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default;
        }
        """;
}
