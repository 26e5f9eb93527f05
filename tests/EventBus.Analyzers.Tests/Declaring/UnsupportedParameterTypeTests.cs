using EventBus.Analyzers.Declaring;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnsupportedParameterTypeTests
{
    [Theory]
    [InlineData("Type")]
    [InlineData("dynamic")]
    [InlineData("System.IO.Stream")]
    [InlineData("List<CancellationToken>")]
    [InlineData("(int, EventContext)")]
    [InlineData("Action")]
    [InlineData("Task")]
    [InlineData("int[,]")]
    [InlineData("int*")]
    [InlineData("Span<byte>")]
    [InlineData("Memory<int>")]
    [InlineData("(int, Type)")]
    [InlineData("ValueTuple<int>")]
    [InlineData("(int, int, int, int, int, int, int, int)")]
    [InlineData("IComparable")]
    [InlineData("Dictionary<nint, int>")]
    [InlineData("Dictionary<int?, int>")]
    [InlineData("Dictionary<System.Numerics.Vector2, int>")]
    [InlineData("OrderedDictionary<Uri?, int>")]
    [InlineData("List<Type>")]
    [InlineData("Dictionary<string, Type?[]>")]
    [InlineData("IDictionary<string?, int>")]
    [InlineData("Abstract")]
    [InlineData("Basket")]
    [InlineData("Endless<int>")]
    [InlineData("Deep?")]
    [InlineData("Page<Type>")]
    [InlineData("Filled")]
    [InlineData("Inline")]
    public Task Triggers(string type) => Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { unsafe void Ping({{type}} [|value|]); }
        {{Types}}
        """);

    [Theory]
    [InlineData("bool")]
    [InlineData("UInt128")]
    [InlineData("System.Numerics.BigInteger")]
    [InlineData("Half?")]
    [InlineData("string?")]
    [InlineData("Uri")]
    [InlineData("TimeOnly")]
    [InlineData("ConsoleColor")]
    [InlineData("byte[]")]
    [InlineData("Memory<byte>")]
    [InlineData("EventValue")]
    [InlineData("int[][]")]
    [InlineData("IReadOnlyList<string?>?")]
    [InlineData("System.Collections.Immutable.ImmutableArray<byte>")]
    [InlineData("Dictionary<ConsoleColor, List<Good>>")]
    [InlineData("IReadOnlyDictionary<Guid, DateTime?>")]
    [InlineData("Good")]
    [InlineData("Tree")]
    [InlineData("Point?")]
    [InlineData("(int Id, string? Name)?")]
    [InlineData("Computed")]
    [InlineData("Page<int>")]
    [InlineData("object?")]
    [InlineData("Dictionary<string, object?>")]
    [InlineData("System.Text.Json.JsonElement?")]
    [InlineData("System.Text.Json.JsonDocument")]
    [InlineData("System.Net.IPAddress?")]
    [InlineData("System.Globalization.CultureInfo")]
    [InlineData("System.Text.Rune?")]
    [InlineData("System.Numerics.Vector3[]")]
    [InlineData("System.Drawing.Point")]
    [InlineData("OrderedDictionary<System.Net.IPAddress, System.Numerics.Vector2>")]
    [InlineData("System.Collections.ObjectModel.ReadOnlySet<string>")]
    [InlineData("Dictionary<DateOnly, Dictionary<TimeOnly, Dictionary<DateTimeOffset, int>>>")]
    [InlineData("Dictionary<bool, Dictionary<double, Dictionary<decimal, Dictionary<char, Dictionary<Int128, int>>>>>")]
    [InlineData("Dictionary<Version, Dictionary<Uri, Dictionary<TimeSpan, int>>>")]
    [InlineData("System.Collections.Frozen.FrozenDictionary<int, Stack<Queue<string>>>")]
    public Task Does_not_trigger(string type) => Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>($$"""
        [BroadcastEvent] public interface IChatEvents { void Ping({{type}} value); }
        {{Types}}
        """);

    [Fact]
    public async Task Message_names_the_path_to_the_unsupported_part()
    {
        var messages = await Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>("""
            [BroadcastEvent] public interface IShopEvents { void Placed(Order [|order|]); }
            public record Order(Line[] Lines);
            public record Line(int Id, Action Tag);
            """);

        Assert.Equal(
            "The parameter 'order' of 'Placed' cannot be sent, because 'order.Lines[].Tag' is of type 'Action': delegates and ref "
                + "structs have no form on the wire",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("System.IO.Stream", "ReadOnlyMemory<byte>")]
    [InlineData("System.IO.MemoryStream", "ReadOnlyMemory<byte>")]
    [InlineData("ReadOnlySpan<byte>", "ReadOnlyMemory<byte>")]
    [InlineData("System.Buffers.ReadOnlySequence<byte>", "ReadOnlyMemory<byte>")]
    [InlineData("ArraySegment<byte>", "ReadOnlyMemory<byte>")]
    [InlineData("ReadOnlySpan<char>", "string")]
    [InlineData("Span<int>", "int[]")]
    [InlineData("Memory<string>", "string[]")]
    [InlineData("nint", "long")]
    [InlineData("nuint?", "ulong")]
    [InlineData("System.Text.StringBuilder", "string")]
    [InlineData("System.Net.IPEndPoint", "string")]
    [InlineData("System.Text.Json.Nodes.JsonObject", "JsonElement")]
    [InlineData("KeyValuePair<int, string>", "(int, string)")]
    [InlineData("Tuple<int, string>", "(int, string)")]
    [InlineData("IAsyncEnumerable<int>", "IReadOnlyList<int>")]
    public async Task Message_names_an_obvious_replacement(string type, string alternative)
    {
        var messages = await Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>(
            $"[BroadcastEvent] public interface IShopEvents {{ void Placed({type} [|order|]); }}");

        Assert.Contains($"; use '{alternative}'", Assert.Single(messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Type")]
    [InlineData("IDisposable")]
    [InlineData("Exception")]
    public async Task Message_names_only_a_formatter_if_there_is_no_replacement(string type)
    {
        var messages = await Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>(
            $"[BroadcastEvent] public interface IShopEvents {{ void Placed({type} [|order|]); }}");

        Assert.EndsWith(
            ": this type of the framework has no form on the wire; set the formatter of the type by "
                + $"[assembly: Formatter(typeof({type}), …)]",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("System.Net.IPEndPoint", "IPEndPoint", "; use 'string'")]
    [InlineData("Library.Shape", "Shape", "; add [JsonDerivedType]")]
    [InlineData("Library.IShape", "IShape", "; add [JsonDerivedType]")]
    [InlineData("Library.Bag", "Bag", "; use a list or a dictionary")]
    public async Task Message_names_a_formatter_for_types_of_other_assemblies(string type, string name, string alternative)
    {
        var library = Analysis.Compile(
            "namespace Library; public abstract class Shape; public interface IShape; public class Bag : List<int>;", withEventBus: false);
        var diagnostics = await Analysis.AnalyzeAsync<UnsupportedParameterTypeAnalyzer>(Analysis.Compile(
            $"using EventBus; [BroadcastEvent] public interface IShopEvents {{ void Placed({type} order); }}",
            withEventBus: true,
            library.WithAssemblyName("Library").ToMetadataReference()));

        Assert.EndsWith(
            $"{alternative}, or set the formatter of the type by [assembly: Formatter(typeof({name}), …)]",
            Assert.Single(diagnostics).GetMessage());
    }

    [Theory]
    [InlineData("System.IO.Stream order")]
    [InlineData("List<System.IO.Stream?>? order")]
    [InlineData("Dictionary<string, Holder> order")]
    [InlineData("(int, System.IO.Stream) order")]
    [InlineData("int[,] order")]
    public Task Does_not_trigger_if_the_assembly_sets_a_formatter(string parameter) =>
        Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>($$"""
            using EventBus.Serialization;
            [assembly: Formatter(typeof(System.IO.Stream), typeof(AnyFormatter<System.IO.Stream>))]
            [assembly: Formatter(typeof(int[,]), typeof(AnyFormatter<int[,]>))]
            [BroadcastEvent] public interface IShopEvents { void Placed({{parameter}}); ValueTask<System.IO.Stream> Find(); }
            public record Holder(System.IO.Stream Stream);
            public struct AnyFormatter<T> : IFormatter<T>
            {
                public void Write<TWriter>(ref TWriter writer, in T value) where TWriter : IValueWriter, allows ref struct { }
                public T Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            """);

    [Fact]
    public async Task Triggers_on_types_generated_code_cannot_access()
    {
        await Analysis.VerifyAsync<UnsupportedParameterTypeAnalyzer>("""
            internal class Outer
            {
                private record Secret(int Id);

                internal class Inner
                {
                    public record Holder(int Id) { private Secret? Hidden { get; set; } }
                    [BroadcastEvent] internal interface IChatEvents { void Ping(Holder holder); }
                }

                [BroadcastEvent] private interface IHidden { void Ping(Secret [|secret|]); }
            }
            """);
    }

    private const string Types = """
        public record Good(int Id, string? Name, Point At) { public required string Note { get; init; } public decimal Total => Id * 2m; }
        public class Tree { public List<Tree> Children { get; set; } = []; }
        public struct Point { public int X; public int Y; }
        public class Computed { public int Half { get; set; } public int Whole => Half * 2; public static object? Shared { get; set; }
            private object? Hidden { get; set; } [System.Text.Json.Serialization.JsonIgnore] public object? Ignored { get; } }
        public abstract class Abstract { }
        public class Basket : List<int> { }
        public class Endless<T> { public Endless<List<T>>? Next { get; set; } }
        public record Deep(Dictionary<string, Deep[]> Others, Action? Callback);
        public record Page<T>(T[] Items);
        public class Filled { public List<Type> Items { get; } = []; }
        [System.Runtime.CompilerServices.InlineArray(4)] public struct Inline { private int _first; }
        """;
}
