using System.Collections.Immutable;
using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class ContractLockTests
{
    private const string Usings =
        "using EventBus; using EventBus.Serialization; using System.Runtime.Serialization; using System.Text.Json.Serialization;";

    private const string Types = """
        public record Order(Guid Id, Line[] Lines, string? Note);
        public record Line(int Article, [property: JsonPropertyName("the tag")] string Tag = "");
        public class Tree { public List<Tree> Children { get; set; } = []; public required string Name { get; set; } }
        public record Page<T>(T[] Items, Page<T>? Next);
        [JsonDerivedType(typeof(Leaf), "leaf"), JsonDerivedType(typeof(Twig), 2)] public abstract record Plant;
        public record Leaf(int Size) : Plant;
        public record Twig(Plant Next) : Plant;
        [Formatter(typeof(MoneyFormatter))] public record struct Money;
        public struct MoneyFormatter : IFormatter<Money>
        {
            public void Write<TWriter>(ref TWriter writer, in Money value) where TWriter : IValueWriter, allows ref struct { }
            public Money Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default;
        }
        public class Basket
        {
            public List<string> Articles { get; } = [];
            [JsonRequired] public SortedList<string, int>? Prices { get; } = [];
        }
        [SingleValue] public readonly record struct OrderId(Guid Value);
        [SingleValue] public record Note(string Text);
        public record Sale(OrderId Id, Note? Note);
        public enum Light { Red, Green }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Mood { [EnumMember(Value = "so so")] Middling, Sad }
        [JsonDerivedType(typeof(Circle), "circle"), JsonDerivedType(typeof(Group), 2)] public class Shape { public int At { get; set; } }
        public class Circle : Shape { public double Radius { get; set; } }
        public class Group : Shape { public List<Shape> Shapes { get; set; } = []; }
        [JsonConverter(typeof(JsonStringEnumConverter))] public enum Color { Red, Green }
        [JsonNumberHandling(JsonNumberHandling.WriteAsString)]
        public record Numbers(int[] Ids, [property: JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] double? Sum);
        """;

    [Theory]
    [InlineData("void Ping();", "/ ping()")]
    [InlineData("void Ping(int value);", "/ ping(value: int32)")]
    [InlineData("void Ping(EventContext context, int value, CancellationToken cancellationToken = default);", "/ ping(value: int32)")]
    [InlineData("Task Said(string user, string? text = null);", "/ said(user: string, text?: string?)")]
    [InlineData("[EventName(\"a b\")] void Ping(DateTimeOffset? at);", "/ \"a b\"(at: dateTimeOffset?)")]
    [InlineData(
        "void Photo(byte[] one, ReadOnlyMemory<byte> two, System.Collections.Immutable.ImmutableArray<byte> three);",
        "/ photo(one: binary, two: binary, three: binary)")]
    [InlineData("void Ping(List<int> one, int[] two, IReadOnlySet<int> three);", "/ ping(one: [int32], two: [int32], three: [int32])")]
    [InlineData("void Ping(Dictionary<Guid, (int, string)> value);", "/ ping(value: map(guid, (int32, string)))")]
    [InlineData("void Ping(EventValue value);", "/ ping(value: any)")]
    [InlineData("void Ping(object? one, System.Text.Json.JsonElement two);", "/ ping(one: any?, two: any)")]
    [InlineData("void Paid(Money money);", "/ paid(money: custom(MoneyFormatter))")]
    [InlineData("void Grown(Plant plant);", "/ grown(plant: union(\"$type\", \"#2\": {next: ^2}, leaf: {size: int32}))")]
    [InlineData("void Ping(Light one, Color two, Color? three);", "/ ping(one: int32, two: enum(Green, Red), three: enum(Green, Red)?)")]
    [InlineData(
        "void Felt(Mood mood, Dictionary<Mood, int> moods);",
        "/ felt(mood: enum(Sad, \"so so\"), moods: map(enum(Sad, \"so so\"), int32))")]
    [InlineData("void Ping(Numbers value);", "/ ping(value: {ids: [int32-text], sum?: double?})")]
    [InlineData("void Ping(Dictionary<Light, int> value);", "/ ping(value: map(enum(Green, Red), int32))")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {id: guid, lines: [{article: int32, \"the tag\"?: string}], note?: string?})")]
    [InlineData("void Placed(OrderId id, OrderId? other);", "/ placed(id: guid, other: guid?)")]
    [InlineData("Task<Note> Sold(Sale sale);", "/ sold(sale: {id: guid, note?: string?}) -> string")]
    [InlineData("void Ping(Dictionary<OrderId, Note[]> value);", "/ ping(value: map(guid, [string]))")]
    [InlineData("void Grown(Tree tree);", "/ grown(tree: {children?: [^1], name: string})")]
    [InlineData("void Filled(Basket basket);", "/ filled(basket: {articles?: [string], prices: map(string, int32)?})")]
    [InlineData("void Read(Page<Tree> page);", "/ read(page: {items: [{children?: [^1], name: string}], next?: ^1?})")]
    [InlineData(
        "void Drawn(Shape shape);",
        "/ drawn(shape: union(\"$type\", \"\": {at?: int32}, \"#2\": {at?: int32, shapes?: [^2]}, circle: {at?: int32, radius?: double}))")]
    public async Task Does_not_trigger_if_the_event_equals_its_line(string member, string line)
    {
        Assert.Empty(await AnalyzeAsync(member, line, ""));
        Assert.Empty(await AnalyzeAsync(member, "", line));

        // The same line, out of the analyzer's own mouth.
        Assert.Equal(line, Assert.Single(await AnalyzeAsync(member, "", "")).Properties["Added"]);
    }

    [Theory]
    [InlineData("void Ping(long value);", "/ ping(value: int32)", "'value' was 'int32' and is now 'int64'")]
    [InlineData("void Ping(int? value);", "/ ping(value: int32)", "'value' was 'int32' and is now 'int32?'")]
    [InlineData("void Ping(int other);", "/ ping(value: int32)", "'value' was renamed to 'other'")]
    [InlineData(
        "void Ping(Numbers value);",
        "/ ping(value: {ids: [int32], sum?: double?})",
        "'value.ids[]' was 'int32' and is now 'int32-text'")]
    [InlineData("void Said(string text, string user);", "/ said(user: string, text: string)", "'text' is in the place of 'user'")]
    [InlineData("void Said(int at, string user);", "/ said(user: string)", "'at' was inserted before 'user'")]
    [InlineData("void Ping(int value, int more);", "/ ping(value: int32)", "'more' was added as required")]
    [InlineData("void Ping();", "/ ping(value: int32)", "'value' was required and is now missing")]
    [InlineData("void Grown(Plant plant);", "/ grown(plant: union(\"$type\", \"#2\": {next: ^2}))", "'plant' has the new case 'leaf'")]
    [InlineData("void Ping(int value);", "/ ping(value?: int32)", "'value' was optional and is now required")]
    [InlineData("void Ping();", "/ ping() -> int32", "it is no longer acknowledged")]
    [InlineData("void Ping(List<long> value);", "/ ping(value: [int32])", "'value[]' was 'int32' and is now 'int64'")]
    [InlineData(
        "void Ping(Dictionary<string, long> value);",
        "/ ping(value: map(string, int32))",
        "'value[]' was 'int32' and is now 'int64'")]
    [InlineData(
        "void Ping(Dictionary<Guid, int> value);",
        "/ ping(value: map(string, int32))",
        "'the keys of value' was 'string' and is now 'guid'")]
    [InlineData("void Ping((int, long) value);", "/ ping(value: (int32, int32))", "'value.Item2' was 'int32' and is now 'int64'")]
    [InlineData("void Ping(Color value);", "/ ping(value: enum(Green))", "'value' was 'enum(Green)' and is now 'enum(Green, Red)'")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {id: string, lines: [{article: int32, \"the tag\"?: string}], note?: string?})",
        "'order.id' was 'string' and is now 'guid'")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {id: guid, lines: [{article: int64, \"the tag\"?: string}], note?: string?})",
        "'order.lines[].article' was 'int64' and is now 'int32'")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {id: guid, lines: [{article: int32, \"the tag\": string}], note?: string?})",
        "'order.lines[].the tag' was required and is now optional")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {id: guid, lines: [{article: int32, count: int32}], note?: string?})",
        "'order.lines[].count' was required and is now missing")]
    [InlineData(
        "void Placed(Order order);",
        "/ placed(order: {lines: [{article: int32, \"the tag\"?: string}], note?: string?})",
        "'order.id' was added as required")]
    [InlineData(
        "void Drawn(Circle shape);",
        "/ drawn(shape: {at?: int32, radius?: int32})",
        "'shape.radius' was 'int32' and is now 'double'")]
    [InlineData(
        "void Drawn(Shape shape);",
        "/ drawn(shape: union(\"$type\", circle: {at?: int32, radius?: double}))",
        "'shape' has the new case ''")]
    [InlineData(
        "void Drawn(Shape shape);",
        "/ drawn(shape: union(\"$type\", \"\": {at?: int32}, \"#2\": {at?: int32, shapes?: [^2]}, circle: {at?: int32, radius?: "
        + "double}, line: {}))",
        "'shape' no longer has the case 'line'")]
    [InlineData(
        "void Drawn(Shape shape);",
        "/ drawn(shape: union(\"$type\", \"\": {at?: int32}, \"#2\": {at?: int32, shapes?: [^2]}, circle: {at?: int32, radius?: int32}))",
        "'shape as circle.radius' was 'int32' and is now 'double'")]
    public async Task Triggers_on_incompatible_changes(string member, string line, string reason)
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(member, line, ""));

        Assert.Equal(DiagnosticIds.EventChanged, diagnostic.Id);
        Assert.EndsWith($"breaks the contract lock: {reason}; undo the change, or record it", diagnostic.GetMessage());
        Assert.Equal(line, diagnostic.Properties["Replaced"]);
    }

    [Theory]
    [InlineData("void Ping(int value, int more = 1);", "/ ping(value: int32)")]
    [InlineData("void Ping(int value);", "/ ping(value: int32, more?: int32)")]
    [InlineData("void Ping(int value = 1);", "/ ping(value: int32)")]
    [InlineData("void Placed(Order order);", "/ placed(order: {id: guid, lines: [{article: int32}]})")]
    [InlineData("void Placed(Order order);", "/ placed(order: {id: guid, lines: [{article: int32, count?: int32}]})")]
    [InlineData("void Ping();", "")]
    [InlineData("void Ping();", "/other ping()")]
    public async Task Triggers_on_unrecorded_compatible_changes(string member, string line)
    {
        var diagnostics = await AnalyzeAsync(member, line, "");

        var diagnostic = Assert.Single(diagnostics, static diagnostic => diagnostic.Id == DiagnosticIds.EventNotRecorded);
        Assert.EndsWith($"is not recorded in the contract lock; add the line: {diagnostic.Properties["Added"]}", diagnostic.GetMessage());
        Assert.DoesNotContain(diagnostics, static diagnostic => diagnostic.Id == DiagnosticIds.EventChanged);
    }

    [Fact]
    public async Task Triggers_on_a_removed_event_at_its_line()
    {
        var diagnostic = Assert.Single(await AnalyzeAsync("void Ping();", "/ ping()\n/ said(text: string)\n", ""));

        Assert.Equal(DiagnosticIds.EventRemoved, diagnostic.Id);
        Assert.Equal(
            "No contract declares the event '/ said', which the contract lock records; restore the event, or record its removal",
            diagnostic.GetMessage());
        Assert.Equal((LockFileName, 1), (diagnostic.Location.GetLineSpan().Path, diagnostic.Location.GetLineSpan().StartLinePosition.Line));
    }

    [Theory]
    [InlineData("void Ping(long value);", "/ ping(value: int32)", "*REMOVED*/ ping(value: int32)\n/ ping(value: int64)")]
    [InlineData("void Ping();", "/ ping()\n/ said(text: string)", "*REMOVED*/ said(text: string)")]
    [InlineData("void Ping();", "# what we promise\n\n/ ping()\n", "")]
    public async Task Does_not_trigger_on_recorded_changes(string member, string shipped, string unshipped) =>
        Assert.Empty(await AnalyzeAsync(member, shipped, unshipped));

    [Theory]
    [InlineData("/ ping(", "it does not describe an event")]
    [InlineData("ping()", "it does not describe an event")]
    [InlineData("/ ping() and more", "it does not describe an event")]
    [InlineData("/ ping(value int32)", "it does not describe an event")]
    [InlineData("/ ping(value: ^x)", "it does not describe an event")]
    [InlineData("/ \"ping(", "it does not describe an event")]
    [InlineData("/ \"\\uzz\"()", "it does not describe an event")]
    [InlineData("<<<<<<< HEAD", "it does not describe an event")]
    [InlineData("*REMOVED*/ nothing()", "'Events.Shipped.txt' has no such line to take back")]
    public async Task Triggers_on_an_unreadable_line(string line, string reason)
    {
        var diagnostic = Assert.Single(await AnalyzeAsync("void Pong();", "/ pong()", line));

        Assert.Equal(DiagnosticIds.MeaninglessLockLine, diagnostic.Id);
        Assert.Equal($"This line of the contract lock has no effect, because {reason}", diagnostic.GetMessage());
    }

    [Fact]
    public async Task Triggers_on_a_removal_in_the_shipped_file() =>
        Assert.Equal(
            DiagnosticIds.MeaninglessLockLine, Assert.Single(await AnalyzeAsync("void Ping();", "/ ping()\n*REMOVED*/ ping()", "")).Id);

    [Fact]
    public async Task Does_not_throw_on_a_line_nested_too_deep()
    {
        var line = $"/ ping(value: {new string('[', 100_000)}";

        Assert.Contains(
            await AnalyzeAsync("void Ping();", "/ ping()", line), static diagnostic => diagnostic.Id == DiagnosticIds.MeaninglessLockLine);
    }

    [Fact]
    public async Task Inherited_events_belong_to_the_inheriting_namespace()
    {
        const string Source = """
            [BroadcastEvent] public interface IRoot { void Ping(); }
            [BroadcastEvent(Namespace = "/chat")] public interface IChatEvents : IRoot { void Said(string text); }
            """;

        Assert.Empty(await AnalyzeSourceAsync(Source, "/ ping()\n/chat ping()\n/chat said(text: string)", ""));
        Assert.Equal(
            "/chat ping()", Assert.Single(await AnalyzeSourceAsync(Source, "/ ping()\n/chat said(text: string)", "")).Properties["Added"]);
    }

    [Fact]
    public async Task Events_of_one_name_in_two_contracts_are_distinct()
    {
        const string Source = """
            [BroadcastEvent] public interface IOne { void Ping(int value); }
            [BroadcastEvent] public interface ITwo { void Ping(string text); }
            """;

        Assert.Empty(await AnalyzeSourceAsync(Source, "/ ping(text: string)\n/ ping(value: int32)", ""));
        Assert.Equal(
            DiagnosticIds.EventRemoved,
            Assert.Single(await AnalyzeSourceAsync(Source, "/ ping(text: string)\n/ ping(value: int32)\n/ ping(value: guid)", "")).Id);
    }

    [Fact]
    public async Task Form_of_a_formatter_of_the_assembly_is_its_own()
    {
        const string Source = """
            [assembly: Formatter(typeof(Version), typeof(VersionText))]
            [BroadcastEvent] public interface IOne { ValueTask<Version> Moved(Version?[] to, Dictionary<Version, Version> all); }
            public struct VersionText : IFormatter<Version>
            {
                public void Write<TWriter>(ref TWriter writer, in Version value) where TWriter : IValueWriter, allows ref struct { }
                public Version Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => default!;
            }
            """;

        const string Line = "/ moved(to: [custom(VersionText)?], all: map(version, custom(VersionText))) -> custom(VersionText)";
        Assert.Empty(await AnalyzeSourceAsync(Source, Line, ""));
    }

    [Fact]
    public async Task Does_not_trigger_on_events_of_an_invalid_contract() =>
        Assert.Empty(await AnalyzeAsync("void Ping(); int Count { get; }", "/ ping()\n/ said()", ""));

    [Fact]
    public async Task Does_not_trigger_without_lock_files()
    {
        var compilation = Analysis.Compile(
            "using EventBus;\n[BroadcastEvent] public interface IChatEvents { void Ping(); }", withEventBus: true);

        Assert.Empty(await Analysis.AnalyzeAsync<ContractLockAnalyzer>(compilation));
        Assert.Empty(await Analysis.AnalyzeAsync<ContractLockAnalyzer>(compilation, new Analysis.Text("Other.txt", "/ said()")));
    }

    // While you type, the emitted code is of an earlier text.
    [Fact]
    public async Task Lines_have_members_that_the_emitted_code_does_not_have_yet()
    {
        const string Text = "[BroadcastEvent] public interface IShopEvents { void Placed(Order order); } public record Order(int Id";
        var compilation = Analysis.Compile($"{Usings} {Text});", withEventBus: true);
        var tree = compilation.SyntaxTrees.Single(static tree => tree.ToString().StartsWith(Usings, StringComparison.Ordinal));
        var edited = compilation.ReplaceSyntaxTree(
            tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From($"{Usings} {Text}, string Name);")));

        var diagnostics = await Analysis.AnalyzeAsync<ContractLockAnalyzer>(
            edited, new Analysis.Text(LockFileName, "/ placed(order: {id: int32})"));

        Assert.Equal("/ placed(order: {id: int32, name: string})", Assert.Single(diagnostics).Properties["Added"]);
    }

    private const string LockFileName = "/shop/Events.Shipped.txt";

    private static Task<ImmutableArray<Diagnostic>> AnalyzeAsync(string member, string shipped, string unshipped) =>
        AnalyzeSourceAsync($$"""[BroadcastEvent] public interface IChatEvents { {{member}} } {{Types}}""", shipped, unshipped);

    private static Task<ImmutableArray<Diagnostic>> AnalyzeSourceAsync(string source, string shipped, string unshipped) =>
        Analysis.AnalyzeAsync<ContractLockAnalyzer>(
        Analysis.Compile($"{Usings}\n{source}", withEventBus: true),
        new Analysis.Text(LockFileName, shipped),
        new Analysis.Text("/shop/Events.Unshipped.txt", unshipped));
}
