using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnreadablePayloadTests
{
    [Theory]
    [InlineData("NoConstructor")]
    [InlineData("GetOnly")]
    [InlineData("Array")]
    [InlineData("ReadOnlyMap")]
    [InlineData("Frozen")]
    [InlineData("NeverMade")]
    [InlineData("Formatted")]
    [InlineData("TwoOfAName")]
    [InlineData("NamedConstructor")]
    [InlineData("IgnoredRequired")]
    [InlineData("RequiredButLeftOut")]
    [InlineData("OneWay")]
    [InlineData("Generic<int>")]
    [InlineData("CopyInGeneric<int>")]
    [InlineData("List<GetOnly?>")]
    [InlineData("TwoValuesOfAName?")]
    [InlineData("Dictionary<KeysOfAName, int>")]
    [InlineData("NoName")]
    [InlineData("HalfAName")]
    [InlineData("HalfAnEnumName")]
    public Task Triggers(string type) => Analysis.VerifyAsync<UnreadablePayloadAnalyzer>($$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{type}} [|value|]); }
        {{Types}}
        """);

    [Theory]
    [InlineData("Good")]
    [InlineData("Private")]
    [InlineData("Computed")]
    [InlineData("Ignored")]
    [InlineData("Inner<int>")]
    [InlineData("object")]
    [InlineData("KeysOfAName")]
    [InlineData("OneValueOfTwoNames")]
    [InlineData("Filled")]
    [InlineData("FilledStruct")]
    [InlineData("FilledGeneric<string?>")]
    public Task Does_not_trigger(string type) => Analysis.VerifyAsync<UnreadablePayloadAnalyzer>($$"""
        using System.Runtime.Serialization;
        using System.Text.Json.Serialization;
        using EventBus.Serialization;
        [BroadcastEvent] public interface IChatEvents { void Ping({{type}} value); }
        {{Types}}
        """);

    [Fact]
    public async Task Message_names_the_path_and_the_member()
    {
        var messages = await Analysis.VerifyAsync<UnreadablePayloadAnalyzer>("""
            [BroadcastEvent] public interface IShopEvents { void Placed(Order [|order|]); }
            public record Order(Line[] Lines);
            public class Line { public int Id { get; } }
            """);

        Assert.Equal(
            "The parameter 'order' of 'Placed' cannot be read back, because 'order.Lines[]' is of type 'Line': the member 'Id' can be "
                + "written but not read; add an 'init' accessor, or [JsonIgnore]",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData("IReadOnlyList<string?>", "List<string?>")]
    [InlineData("int[]?", "List<int>")]
    [InlineData("IReadOnlyDictionary<int, Line?>", "Dictionary<int, Line?>")]
    public async Task Message_names_a_collection_that_can_be_filled(string type, string alternative)
    {
        var messages = await Analysis.VerifyAsync<UnreadablePayloadAnalyzer>($$"""
            [BroadcastEvent] public interface IShopEvents { void Placed(Line [|line|]); }
            public class Line { public {{type}} Ids { get; } = null!; }
            """);

        Assert.EndsWith(
            "the member 'Ids' can be written but not read; add an 'init' accessor, declare it as a "
                + $"'{alternative}', which is filled, or add [JsonIgnore]",
            Assert.Single(messages));
    }

    [Theory]
    [InlineData(
        "public class Line { public int Id { get; private set; } }",
        "the member 'Id' can be written but not read, because generated code cannot access private members of another assembly")]
    [InlineData(
        "public class Line { public int Id { get; internal set; } }",
        "the member 'Id' can be written but not read, because generated code cannot access private members of another assembly")]
    [InlineData(
        "public class Line { private Line() { } public int Id { get; set; } }",
        "no constructor that generated code can access has only parameters with the names and types of members")]
    public async Task Triggers_on_private_members_of_another_assembly(string payload, string reason)
    {
        var diagnostics = await AnalyzeAsync(payload);

        Assert.Contains(reason, Assert.Single(diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    // The getter may return a copy, which nothing would read again.
    [Theory]
    [InlineData("get => [.. field]; } = [];")]
    [InlineData("get { return field ??= []; } }")]
    public async Task Triggers_on_a_collection_whose_getter_has_a_body(string getter)
    {
        var source = $$"""
            using EventBus;
            [BroadcastEvent] public interface IShopEvents { void Placed(Line line); }
            public class Line { public List<int> Ids { {{getter}} }
            """;
        var compilation = Analysis.Compile([source], OutputKind.DynamicallyLinkedLibrary, LanguageVersion.Preview);

        var diagnostics = await Analysis.AnalyzeAsync<UnreadablePayloadAnalyzer>(compilation);

        Assert.Contains("the member 'Ids' can be written but not read", Assert.Single(diagnostics).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Does_not_trigger_on_public_members_of_another_assembly() =>
        Assert.Empty(
            await AnalyzeAsync("public class Line { public int Id { get; set; } public int Twice => Id * 2; private int _hidden; }"));

    [Theory]
    [InlineData("public class Line { public List<int> Ids { get; } = []; public readonly HashSet<int> Others = []; }")]
    public async Task Does_not_trigger_on_filled_members_of_another_assembly(string payload) => Assert.Empty(await AnalyzeAsync(payload));

    // Projects reference a reference assembly, which has no private members, instead of the source.
    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> AnalyzeAsync(string payload)
    {
        using var image = new MemoryStream();
        var library = Analysis.Compile(payload, withEventBus: false).WithAssemblyName("Library")
            .Emit(
                image,
                options: new EmitOptions(metadataOnly: true, includePrivateMembers: false),
                cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(library.Success);
        return Analysis.AnalyzeAsync<UnreadablePayloadAnalyzer>(Analysis.Compile(
            "using EventBus; [BroadcastEvent] public interface IShopEvents { void Placed(Line line); }",
            withEventBus: true,
            MetadataReference.CreateFromImage(image.ToArray())));
    }

    private const string Types = """
        public record Good(int Id, string? Name);
        public class NoConstructor { public NoConstructor(int other) => _ = other; public int Id { get; set; } }
        public class NamedConstructor { public NamedConstructor() { } [JsonConstructor] public NamedConstructor(int other) => Id = other;
            public int Id { get; set; } }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum TwoValuesOfAName { [EnumMember(Value = "B")] A, B }
        public enum KeysOfAName { [JsonStringEnumMemberName("x")] A, [EnumMember(Value = "x")] B }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum NoName { [EnumMember(Value = "")] A }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum OneValueOfTwoNames { [EnumMember(Value = "x")] A, B = A, C = 1 }
        public class GetOnly { public int Id { get; } }
        public class Array { public int[] Ids { get; } = []; }
        public class ReadOnlyMap { public IReadOnlyDictionary<int, int> Ids { get; } = new Dictionary<int, int>(); }
        public class Frozen { public readonly System.Collections.Frozen.FrozenSet<int> Ids = null!; }
        public struct NeverMade { public List<int> Ids { get; } }
        public class Formatted { [Formatter(typeof(IdsFormatter))] public List<int> Ids { get; } = []; }
        public struct IdsFormatter : IFormatter<List<int>>
        {
            public void Write<TWriter>(ref TWriter writer, in List<int> value) where TWriter : IValueWriter, allows ref struct { }
            public List<int> Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => [];
        }
        public class Filled { public List<int> Ids { get; } = []; public readonly Dictionary<int, Filled> Others = [];
            public IList<int>? Maybe { get; } [JsonInclude] private Stack<int> Hidden { get; } = new(); }
        public struct FilledStruct { public FilledStruct() => Ids = new HashSet<int>(); public ISet<int> Ids { get; } }
        public class FilledGeneric<T>(int id) { public int Id { get; } = id; public Queue<T> Items { get; } = new(); }
        public class CopyInGeneric<T> { private List<T> _items = [];
            public List<T> Items { get => [.. _items]; private set => _items = value; } }
        public class HalfAName { [JsonPropertyName("\ud83d")] public int Id { get; set; } }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum HalfAnEnumName { [EnumMember(Value = "\ud83da")] A }
        public class TwoOfAName { public int Id { get; set; } public int id { get; set; } }
        public class IgnoredRequired { [JsonIgnore] public required int Id { get; set; } }
        public class RequiredButLeftOut { [JsonRequired, JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Id {
            get; set; } }
        public class OneWay { [JsonIgnore(Condition = JsonIgnoreCondition.WhenReading)] public int Id { get; set; } }
        public class Generic<T> { public T? Item { get; private set; } }
        public class Inner<T> { public T? Item { get; internal set; } }
        public class Private { private Private() { } public int Id { get; private set; } [JsonInclude] private int _hidden;
            public int Shown() => _hidden; }
        public class Computed { public int Half { get; set; } public int Whole => Half * 2; }
        public class Ignored { [JsonIgnore] public int Id { get; } [IgnoreDataMember] public int Other { get; } }
        """;
}
