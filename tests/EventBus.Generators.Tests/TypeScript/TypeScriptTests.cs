using EventBus.Generators.Contracts.Shapes;
using EventBus.Generators.Parsing.TypeScript;

namespace EventBus.Generators.Tests.TypeScript;

public sealed class TypeScriptTests
{
    [Fact]
    public void Contracts_are_maps_of_listeners_by_namespace() => Assert.Equal(
        """
        // Written by EventBus from the contracts of Shop.Contracts. What is changed here is lost with the next build.

        /** What a Socket.IO server sends to the clients of a namespace: for the client's Socket<ServerToClientEvents, …> and the server's Server<…, ServerToClientEvents>. */
        export type ServerToClientEvents<Namespace extends keyof NamespaceEvents = "/"> = NamespaceEvents[Namespace];

        /** The events of every namespace. */
        export interface NamespaceEvents {
          "/": AEvents & BEvents;
          "/chat": ChatEvents;
        }

        /** IAEvents */
        export interface AEvents {
          ping: () => void;
        }

        /** IBEvents */
        export interface BEvents {
          pong: (at: Timestamp, in_: number) => void;
          "it's \"late\"": () => void;
        }

        /** Talk.IChatEvents */
        export interface ChatEvents {
          message: (user: string, text: string | null) => void;
          vote: (question: string, callback: (answer: number) => void) => void;
          call: (callback: string, callback_: (answer: string | null) => void) => void;
          pong: (at: Timestamp, in_: number) => void;
          "it's \"late\"": () => void;
        }

        /** A point in time, ISO 8601 in UTC, as 2026-03-14T15:09:26.535Z: what new Date(…) takes and toISOString() gives. */
        export type Timestamp = string;

        """,
        TypeScriptRun.Of(
            "[BroadcastEvent] public interface IBEvents { void Pong(DateTimeOffset at, int @in); [EventName(\"it's \\\"late\\\"\")] void Late(); }",
            "[BroadcastEvent] public interface IAEvents { void Ping(); }",
            "namespace Talk { [BroadcastEvent(Namespace = \"/chat\")] public interface IChatEvents : IBEvents { ValueTask Message(string user, string? text); Task<int> Vote(string question, EventContext context, System.Threading.CancellationToken callback); ValueTask<string?> Call(string callback); } }"),
        ignoreLineEndingDifferences: true);

    [Theory]
    [InlineData("bool", "boolean")]
    [InlineData("double?", "number | null")]
    [InlineData("string", "string")]
    [InlineData("string?", "string | null")]
    [InlineData("long", "Int64")]
    [InlineData("decimal", "NumberText")]
    [InlineData("DateTime?", "Timestamp | null")]
    [InlineData("byte[]", "Binary")]
    [InlineData("ReadOnlyMemory<byte>", "Binary")]
    [InlineData("EventValue", "unknown")]
    [InlineData("object?", "unknown")]
    [InlineData("System.Text.Json.JsonElement[]", "unknown[]")]
    [InlineData("Stack<int>", "number[]")]
    [InlineData("int[]", "number[]")]
    [InlineData("IReadOnlyList<string?>?", "(string | null)[] | null")]
    [InlineData("List<int[]>[]", "number[][][]")]
    [InlineData("(int Id, string? Name, List<int> type)", "[id: number, name: string | null, type_: number[]]")]
    [InlineData("(int, Guid)", "[item1: number, item2: Guid]")]
    [InlineData("Dictionary<string, int?>", "Record<string, number | null>")]
    [InlineData("Dictionary<long, Line>[]", "Record<string, Line>[]")]
    [InlineData("Dictionary<Colour, int>", "Partial<Record<ColourName, number>>")]
    [InlineData("Page<Line>", "PageOfLine")]
    [InlineData("Page<string?>", "PageOfNullableString")]
    [InlineData("Outer.Line", "OuterLine")]
    public void A_parameters_type_is_what_JavaScript_is_given(string type, string expected) => Assert.Contains(
        $"  ping: (value: {expected}) => void;\n",
        TypeScriptRun.Of(
            $$"""[BroadcastEvent] public interface IChatEvents { void Ping({{type}} value); }""",
            "public record Line(int Id); public record Page<T>(T Item); public enum Colour { Red = 1, Blue = 2 } public class Outer { public record Line(string Id); }"),
        StringComparison.Ordinal);

    [Fact]
    public void Payloads_and_enums_are_declared_with_their_wire_names()
    {
        var text = TypeScriptRun.Of(
            "[BroadcastEvent] public interface IShopEvents { void Placed(Order order); }",
            """
            using System.Text.Json.Serialization;
            public class Order
            {
                public required IReadOnlyList<Order?> Parts { get; init; }
                public Priority Priority { get; init; }
                [JsonConverter(typeof(JsonStringEnumConverter<Priority>))] public Priority? Named { get; init; }
                public Colour Colour { get; init; }
                public Rights Rights { get; init; }
                [JsonPropertyName("the-note"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Note { get; init; }
                [JsonIgnore] public string Secret { get; init; } = "";
            }
            public enum Priority { Low, High = 10, Highest = 10 }
            [JsonConverter(typeof(JsonStringEnumConverter<Colour>))] public enum Colour { [JsonStringEnumMemberName("the \"red\"")] Red, DarkBlue, [System.Runtime.Serialization.EnumMember(Value = "grün")] Green }
            [Flags] public enum Rights { None, Read, Write }
            """);

        Assert.Contains(
            """
            /** Colour */
            export type Colour = "the \"red\"" | "DarkBlue" | "grün";

            /** Order */
            export interface Order {
              parts: (Order | null)[];
              priority: Priority;
              named: PriorityName | null;
              colour: Colour;
              rights: Rights;
              "the-note"?: string;
            }

            /** Priority: Low = 0, High = 10, Highest = 10 */
            export type Priority = 0 | 10;

            /** Priority */
            export type PriorityName = "Low" | "High" | "Highest";

            /** Rights: None = 0, Read = 1, Write = 2 */
            export type Rights = number;

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Unions_are_unions_of_their_cases()
    {
        var text = TypeScriptRun.Of(
            "[BroadcastEvent] public interface IZooEvents { void Moved(Animal animal, Shape[] shapes); }",
            """
            using System.Text.Json.Serialization;
            [JsonDerivedType(typeof(Dog), "dog"), JsonDerivedType(typeof(Cat), 2)] public abstract record Animal(string Name);
            public record Dog(string Name, int Barks) : Animal(Name);
            public record Cat(string Name, Animal? Prey) : Animal(Name);
            [JsonPolymorphic(TypeDiscriminatorPropertyName = "kind"), JsonDerivedType(typeof(Circle), "circle")] public class Shape { public string? Label { get; set; } }
            public class Circle : Shape { public double Radius { get; set; } }
            """);

        Assert.Contains("moved: (animal: Animal, shapes: Shape[]) => void;", text, StringComparison.Ordinal);
        Assert.Contains("""export type Animal = ({ $type: "dog" } & Dog) | ({ $type: 2 } & Cat);""", text, StringComparison.Ordinal);
        Assert.Contains("""export type Shape = ({ kind: "circle" } & Circle) | { label: string | null };""", text, StringComparison.Ordinal);
        Assert.Contains("export interface Cat {\n  name: string;\n  prey: Animal | null;\n}", text, StringComparison.Ordinal);
    }

    /// <summary>TypeScript takes a keyword that begins an item of a tuple for the beginning of a type.</summary>
    [Fact]
    public void Items_of_tuples_are_not_called_like_keywords() => Assert.Contains(
        "moved: (to: [in_: number, new_: string, default_: boolean, other: number]) => void;",
        TypeScriptRun.Of("[BroadcastEvent] public interface IZooEvents { void Moved((int In, string New, bool @default, int Other) to); }"),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("void Ping(int @string, int string_)", "(string__: number, string_: number) => void")]
    [InlineData("void Ping(int string_, int @string, int string__)", "(string_: number, string___: number, string__: number) => void")]
    [InlineData("Task<int> Ping(int @string, int string_, int callback)", "(string__: number, string_: number, callback: number, callback_: (answer: number) => void) => void")]
    [InlineData("void Ping((int String, int string_, int String_) to)", "(to: [string__: number, string_: number, string___: number]) => void")]
    public void No_two_parameters_of_an_event_are_called_alike(string method, string expected) => Assert.Contains(
        $"  ping: {expected};\n", TypeScriptRun.Of($"[BroadcastEvent] public interface IChatEvents {{ {method}; }}"), StringComparison.Ordinal);

    [Fact]
    public void An_event_that_two_contracts_have_comes_with_the_arguments_of_either()
    {
        var text = TypeScriptRun.Of(
            "[BroadcastEvent] public interface IChatEvents { void Opened(int at); void Ping(); [EventName(\"came in\")] void In(string who); }",
            "[BroadcastEvent] public interface IShopEvents { void Opened(string article, int count); void Ping(); [EventName(\"came in\")] void In(); }",
            "[BroadcastEvent(Namespace = \"/other\")] public interface IOtherEvents { void Opened(bool wide); }");

        Assert.Contains(
            """
              "/": Omit<ChatEvents, "came in" | "opened"> & Omit<ShopEvents, "came in" | "opened"> & {
                "came in": (...args: Parameters<ChatEvents["came in"]> | Parameters<ShopEvents["came in"]>) => void;
                opened: (...args: Parameters<ChatEvents["opened"]> | Parameters<ShopEvents["opened"]>) => void;
              };
              "/other": OtherEvents;

            """.ReplaceLineEndings("\n"),
            text,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Types_of_one_name_are_told_apart_by_their_namespaces_whatever_the_order()
    {
        string[] sources =
        [
            "[BroadcastEvent] public interface IShopEvents { void Placed(Shop.Order first, Billing.Order second, Binary third, byte[] fourth); }",
            "namespace Shop { public record Order(int Id); }",
            "namespace Billing { public record Order(int Id); }",
            "public record Binary(int Id);",
        ];

        var text = TypeScriptRun.Of(sources);

        Assert.Contains("placed: (first: ShopOrder, second: BillingOrder, third: Binary_, fourth: Binary) => void;", text, StringComparison.Ordinal);
        Assert.Equal(text, TypeScriptRun.Of([.. sources.Reverse()]));
    }

    [Fact]
    public void A_project_that_does_not_ask_gets_nothing()
    {
        const string Source = "[BroadcastEvent] public interface IShopEvents { void Placed(); }";

        Assert.Empty(TypeScriptRun.Files(null, GeneratorRun.Compile(Source)));
        Assert.Empty(TypeScriptRun.Files("", GeneratorRun.Compile(Source)));
    }

    [Fact]
    public void A_contract_that_breaks_a_rule_is_left_out_and_one_namespace_is_enough()
    {
        var text = TypeScriptRun.Of(
            "[BroadcastEvent] public interface IShopEvents { void Placed(Action order); }",
            "[BroadcastEvent(Namespace = \"/chat\")] public interface IChatEvents { void Ping(); }");

        Assert.DoesNotContain("Shop", text.Replace("Shop.Contracts", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("keyof NamespaceEvents = \"/chat\">", text, StringComparison.Ordinal);
    }

    /// <summary>Who adds a type says what it is in JavaScript.</summary>
    [Fact]
    public void Every_built_in_type_has_one()
    {
        var formatters = BuiltInFormatters.Scalars.Values.Concat(BuiltInFormatters.Binaries.Values).Append("ByteArrayFormatter").Distinct();

        Assert.Equal(formatters.Order(StringComparer.Ordinal), TypeScriptBuiltIns.Names.Keys.Order(StringComparer.Ordinal));
        Assert.All(TypeScriptBuiltIns.Definitions.Keys, static name => Assert.Contains(name, TypeScriptBuiltIns.Names.Values));
    }
}
