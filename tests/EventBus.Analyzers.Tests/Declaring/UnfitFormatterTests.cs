using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnfitFormatterTests
{
    [Theory]
    [InlineData("[Formatter(typeof(HexFormatter))] int [|value|]", "'HexFormatter' must implement 'IFormatter<int>'")]
    [InlineData("[Formatter(typeof(HexFormatter))] List<long> [|value|]", "'HexFormatter' must implement 'IFormatter<List<long>>'")]
    [InlineData("[Formatter(typeof(Stamp))] Stamp [|value|]", "'Stamp' must be a struct")]
    [InlineData("[Formatter(typeof(Generic<>))] int [|value|]", "'Generic<>' must have type arguments")]
    [InlineData("[Formatter(typeof(string))] long [|value|]", "'string' must be a struct")]
    [InlineData("Secretive [|value|]", "'Secretive.Hidden' must be public or internal")]
    [InlineData("Badly[] [|value|]", "'value[].Id' is of type 'string?'")]
    public async Task Triggers(string parameter, string message)
    {
        var messages = await Analysis.VerifyAsync<UnfitFormatterAnalyzer>(Source(parameter));

        Assert.Contains(message, Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Formatter(typeof(HexFormatter))] long value")]
    [InlineData("[Formatter(typeof(HexFormatter))] long? value")]
    [InlineData("[Formatter(typeof(Generic<Uri>))] Uri? value")]
    [InlineData("[Formatter(typeof(Generic<Action>))] Action value")]
    [InlineData("Stamp value")]
    [InlineData("Action value")]
    public Task Does_not_trigger(string parameter) => Analysis.VerifyAsync<UnfitFormatterAnalyzer>(Source(parameter));

    private static string Source(string parameter) => $$"""
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{parameter}}); }
        public record Stamp([Formatter(typeof(HexFormatter))] long Id) { [Formatter(typeof(HexFormatter))] public long Check { get; set; } }
        public class Badly { [Formatter(typeof(HexFormatter))] public string? Id { get; set; } }
        [Formatter(typeof(Hidden))] public struct Secretive { private struct Hidden; }
        public struct HexFormatter : IFormatter<long>
        {
            public void Write<TWriter>(ref TWriter writer, in long value) where TWriter : IValueWriter, allows ref struct { }
            public long Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => 0;
        }
        public struct Generic<T> : IFormatter<T>
        {
            public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
            public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
        }
        """;
}
