using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class MisappliedFormatterTests
{
    [Theory]
    [InlineData(
        "[assembly: [|Formatter(typeof(AnyFormatter<int>))|]]",
        "is on the assembly, but names no type; add the type as the first argument")]
    [InlineData(
        "[assembly: [|Formatter(typeof(List<>), typeof(AnyFormatter<int>))|]]",
        "names 'List<>' without type arguments; add an attribute for each closed type")]
    [InlineData(
        "[assembly: Formatter(typeof(Uri), typeof(AnyFormatter<Uri>)), [|Formatter(typeof(Uri), typeof(AnyFormatter<Uri>))|]]",
        "is not the only one of the assembly for 'Uri'; remove one of them")]
    [InlineData(
        "[[|Formatter(typeof(Uri), typeof(AnyFormatter<Uri>))|]] public class Order;",
        "names the type 'Uri', but is not on the assembly; remove the first argument")]
    [InlineData(
        "public partial class Order; [Formatter(typeof(AnyFormatter<Order>))] public partial class Order; "
            + "[[|Formatter(typeof(AnyFormatter<Order>))|]] public partial class Order;",
        "is not the only one of 'Order'; remove one of them")]
    [InlineData(
        "public record Order([[|Formatter(typeof(long), typeof(AnyFormatter<long>))|]] long Id);",
        "names the type 'long', but is not on the assembly; remove the first argument")]
    [InlineData(
        "public class Order { [Formatter(typeof(AnyFormatter<long>)), [|Formatter(typeof(AnyFormatter<long>))|]] public long Id; }",
        "is not the only one of 'Id'; remove one of them")]
    [InlineData(
        "public class Order { [[|Formatter(typeof(int), typeof(AnyFormatter<long>))|]] public long Id { get; set; } }",
        "names the type 'int', but is not on the assembly; remove the first argument")]
    [InlineData("[assembly: [|SingleValue|]]", "is on the assembly, but names no type; add the type as the first argument")]
    [InlineData("[assembly: SingleValue(typeof(Id<>)), SingleValue(typeof(Id<int>)), [|SingleValue(typeof(Id<>))|]]",
        "is not the only one of the assembly for 'Id<T>'; remove one of them")]
    [InlineData("[SingleValue, [|SingleValue|]] public record struct Order(int Id);", "is not the only one of 'Order'; remove one of them")]
    [InlineData("[[|SingleValue(typeof(Uri))|]] public record struct Order(int Id);",
        "names the type 'Uri', but is not on the assembly; remove the first argument")]
    public async Task Triggers(string source, string message)
    {
        var messages = await Analysis.VerifyAsync<MisappliedFormatterAnalyzer>(Source(source));

        var name = source.Contains("SingleValue", StringComparison.Ordinal) ? "SingleValue" : "Formatter";
        Assert.Equal($"This [{name}] {message}", Assert.Single(messages));
    }

    [Theory]
    [InlineData("[assembly: Formatter(typeof(Uri), typeof(AnyFormatter<Uri>)), Formatter(typeof(Uri[]), typeof(AnyFormatter<Uri[]>))]")]
    [InlineData("[assembly: Formatter(typeof(List<int>), typeof(AnyFormatter<int>)), Formatter(typeof(List<long>), typeof(int))]")]
    [InlineData("[Formatter(typeof(AnyFormatter<Order>))] public record Order([Formatter(typeof(AnyFormatter<int>))] int Id);")]
    [InlineData("[assembly: SingleValue(typeof(Id<>)), SingleValue(typeof(Id<int>))] [SingleValue] public record struct Order(int Id);")]
    public Task Does_not_trigger(string source) => Analysis.VerifyAsync<MisappliedFormatterAnalyzer>(Source(source));

    private static string Source(string source) => $$"""
        using EventBus.Serialization;
        {{source}}
        public record struct Id<T>(int Value);
        public struct AnyFormatter<T> : IFormatter<T>
        {
            public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
            public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
        }
        """;
}
