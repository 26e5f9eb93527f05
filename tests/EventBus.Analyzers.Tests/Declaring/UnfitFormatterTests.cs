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
    [InlineData("List<Version?> [|value|]", "its formatter 'HexFormatter' must implement 'IFormatter<Version>'")]
    [InlineData("Dictionary<int, TimeOnly?> [|value|]", "its formatter 'TimeOnly' must implement 'IFormatter<TimeOnly>'")]
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
    [InlineData("[Formatter(typeof(Generic<Version>))] Version value")]
    [InlineData("DateOnly? value")]
    public Task Does_not_trigger(string parameter) => Analysis.VerifyAsync<UnfitFormatterAnalyzer>(Source(parameter));

    [Fact]
    public async Task Triggers_on_an_internal_formatter_of_the_assembly_that_declares_the_payload()
    {
        var library = Analysis.Compile(
            """
            using EventBus;
            using EventBus.Serialization;
            [assembly: Formatter(typeof(Version), typeof(Library.VersionText))]
            namespace Library;
            public record Release(Version Version);
            internal struct VersionText : IFormatter<Version>
            {
                public void Write<TWriter>(ref TWriter writer, in Version value) where TWriter : IValueWriter, allows ref struct { }
                public Version Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            """,
            withEventBus: true);
        var diagnostics = await Analysis.AnalyzeAsync<UnfitFormatterAnalyzer>(Analysis.Compile(
            "using EventBus; [BroadcastEvent] public interface IShopEvents { void Placed(Library.Release release, Version version); }",
            withEventBus: true,
            library.WithAssemblyName("Library").ToMetadataReference()));

        Assert.EndsWith(
            "'release.Version' is of type 'Version': its formatter 'VersionText' must be public, because it is in another assembly",
            Assert.Single(diagnostics).GetMessage());
    }

    private static string Source(string parameter) => $$"""
        using EventBus.Serialization;
        [assembly: Formatter(typeof(Version), typeof(HexFormatter))]
        [assembly: Formatter(typeof(TimeOnly), typeof(TimeOnly))]
        [assembly: Formatter(typeof(DateOnly), typeof(Generic<DateOnly>))]
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
