using EventBus.Analyzers.Declaring;
using Microsoft.CodeAnalysis;

namespace EventBus.Analyzers.Tests.Declaring;

public sealed class UnseenCodeTests
{
    private const string Usings = "using EventBus; using EventBus.Serialization; using System.Text.Json.Serialization;";

    private const string Person = "[BroadcastEvent] public interface IPeople { void Born(Person person); }";

    private const string PersonFormat = """
        public struct PersonFormat : EventBus.Serialization.IFormatter<Person>
        {
            public void Write<TWriter>(ref TWriter writer, in Person value)
                where TWriter : EventBus.Serialization.IValueWriter, allows ref struct { }
            public Person Read<TReader>(ref TReader reader)
                where TReader : EventBus.Serialization.IValueReader, allows ref struct => null!;
        }
        """;

    [Theory]
    [InlineData(
        "public partial class Person { private string _name = \"\"; }",
        "partial class Person { public string Name { get => _name; set => _name = value; } }",
        "'Name' of 'Person' is not sent")]
    [InlineData(
        "public partial class Person { public int Id { get; set; } private string _name = \"\"; private int _age = 1; }",
        "partial class Person { public string Name { get => _name; set => _name = value; } public int Age { get => _age; set { } } }",
        "'Name', 'Age' of 'Person' are not sent")]
    [InlineData(
        "public partial record struct Person;",
        "partial record struct Person(System.Guid Value);",
        "'Value' of 'Person' is not sent")]
    [InlineData(
        "public partial class Person : Base;",
        "partial class Base { public int Id; }",
        "'Id' of 'Person' is not sent")]
    [InlineData(
        "public partial class Person { [JsonPropertyName(\"the name\")] public partial string Name { get; set; } }",
        "partial class Person { public partial string Name { get => \"\"; set { } } public int Age { get; set; } }",
        "'Age' of 'Person' is not sent")]
    [InlineData(
        "public partial class Person { public partial string Name { get; set; } }",
        "using System.Text.Json.Serialization; "
            + "partial class Person { [JsonPropertyName(\"n\")] public partial string Name { get => \"\"; set { } } }",
        "'name' of 'Person' is sent instead of 'n'")]
    [InlineData(
        "public partial class Person { public partial string Name { get; set; } }",
        "using System.Text.Json.Serialization; "
            + "partial class Person { [JsonIgnore] public partial string Name { get => \"\"; set { } } }",
        "'name' of 'Person' is sent")]
    [InlineData(
        "public partial class Person { public int Id { get; set; } } public record Address(string Street, Address? Next);",
        "partial class Person { public Address? Home { get; set; } }",
        "'Home' of 'Person' is not sent")]
    [InlineData(
        "public partial record Person(string Name);",
        "[System.Text.Json.Serialization.JsonDerivedType(typeof(Child), 1)] partial record Person; "
            + "public record Child(string Name, Person Parent, int Age) : Person(Name);",
        "'Person' is written without its cases")]
    [InlineData(
        "public partial class Person { public int Id { get; set; } }",
        "[EventBus.Formatter(typeof(PersonFormat))] partial class Person; " + PersonFormat,
        "'Person' is written without its [Formatter]")]
    [InlineData(
        "public class Person { public int Id { get; set; } }",
        "[assembly: EventBus.Formatter(typeof(Person), typeof(PersonFormat))] " + PersonFormat,
        "'Person' is written without its [Formatter]")]
    [InlineData(
        "public partial record Person(int Id);",
        "[EventBus.SingleValue] partial record Person;",
        "'Person' is written with its members, not as one value")]
    public async Task Triggers_on_members_of_another_generator(string payload, string written, string difference)
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(written, $"{Usings} {Person} public partial class Base; {payload}"));

        Assert.Equal(
            "'person' of the event 'IPeople.Born' depends on code that another source generator writes, which the generator of EventBus "
                + $"does not see, so {difference}; declare that code by hand, declare the type in another project, or add a [Formatter]",
            diagnostic.GetMessage());
        Assert.Equal("person", Text(diagnostic));
    }

    // A nearer type of the same name replaces the type that the generator has seen.
    [Fact]
    public async Task Triggers_on_a_type_of_another_generator()
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(
            "namespace Shop { public record Person(int Id, Address Home); public record Address(string Street); }",
            $"{Usings} public class Person {{ public int Id {{ get; set; }} }} namespace Shop {{ {Person} }}"));

        Assert.Contains("so no formatter is generated for 'Person';", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Triggers_once_on_a_case_that_also_stands_alone() => Assert.Single(
        await AnalyzeAsync(
            "partial record Human { public int Age { get; set; } }",
            $$"""
            {{Usings}}
            [BroadcastEvent] public interface IPeople { void Born((Being, Human) value); }
            [JsonDerivedType(typeof(Human), "human")] public abstract record Being;
            public partial record Human : Being;
            """));

    [Theory]
    [InlineData("void Born(List<Person?> value);", "value[]", "value")]
    [InlineData("void Born(Page<Person> value);", "value.Items[]", "value")]
    [InlineData("Task<Person> Born();", "ack", "Born")]
    [InlineData("void Born(Being value);", "(value as Human)", "value")]
    public async Task Triggers_on_members_in_any_part_of_an_argument(string member, string path, string place)
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(
            "partial class Person { public int Id { get; set; } } partial record Human { public int Age { get; set; } }",
            $$"""
            {{Usings}}
            [BroadcastEvent] public interface IPeople { {{member}} }
            public partial class Person { public string Name { get; set; } = ""; }
            public record Page<T>(T[] Items);
            [JsonDerivedType(typeof(Human), "human")] public abstract record Being;
            public partial record Human : Being;
            """));

        Assert.StartsWith($"'{path}' of the event 'IPeople.Born' depends on code", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal(place, Text(diagnostic));
    }

    [Theory]
    [InlineData("Page<int>")]
    [InlineData("Page<string?>")]
    [InlineData("Page<(int A, string B)>")]
    public async Task Triggers_on_members_of_a_generic_type(string type)
    {
        var diagnostic = Assert.Single(await AnalyzeAsync(
            "partial record Page<T> { public int Count { get; set; } }",
            $"{Usings} [BroadcastEvent] public interface IPages {{ void Read({type} page); }} public partial record Page<T>(T[] Items);"));

        Assert.Contains("so 'Count' of 'Page' is not sent;", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    // The generator takes the contract for invalid, so nothing registers it and its senders throw.
    [Theory]
    [InlineData(
        "void Born(Person person); } public partial class Person { public string Name { get; } = \"\"; }",
        "partial class Person { public Person(string name) => Name = name; }")]
    [InlineData("void Born(PersonId id); }", "public record struct PersonId(int Value);")]
    [InlineData(
        "void Born(Being being); } "
            + "[JsonDerivedType(typeof(Human), 1)] public abstract partial record Being; public partial record Human(int Id);",
        "partial record Human : Being;")]
    [InlineData("void Born(int id); }", "partial interface IPeople { void Died(int id); }")]
    public async Task Triggers_on_a_contract_that_the_generator_takes_for_another(string rest, string written)
    {
        var diagnostic = Assert.Single(
            await AnalyzeAsync(written, $"{Usings} [BroadcastEvent] public partial interface IPeople {{ {rest}"));

        Assert.StartsWith("The contract 'IPeople' depends on code that another source generator writes", diagnostic.GetMessage());
        Assert.Contains("so it is not registered as it is compiled;", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Equal("IPeople", Text(diagnostic));
    }

    [Theory]
    [InlineData(
        "public partial class Person { public int Id { get; set; } private int _count = 1; }",
        "partial class Person { public int Twice => Id * 2; }")]
    [InlineData(
        "public partial class Person { public partial int Id { get; set; } }",
        "partial class Person { public partial int Id { get => 1; set { } } }")]
    [InlineData(
        "[Formatter(typeof(OwnFormatter))] public partial class Person;",
        "partial class Person { public int Id { get; set; } }")]
    [InlineData(
        "public record Person([property: JsonPropertyName(\"the \\\"id\\\"\")] int Id, string @class);",
        "public class Other { public int Id; }")]
    public async Task Does_not_trigger_if_the_generator_sees_all_members(string payload, string written) =>
        Assert.Empty(await AnalyzeAsync(written, $$"""
            {{Usings}} {{Person}} {{payload}}
            public struct OwnFormatter : IFormatter<Person>
            {
                public void Write<TWriter>(ref TWriter writer, in Person value) where TWriter : IValueWriter, allows ref struct { }
                public Person Read<TReader>(ref TReader reader) where TReader : IValueReader, allows ref struct => null!;
            }
            """));

    // The emitted list of these members has several lines.
    [Fact]
    public async Task Does_not_trigger_on_many_members_with_long_names()
    {
        var members = Enumerable.Range(0, 40).Select(static number =>
            $"[property: JsonPropertyName(\"the long name, of number \\\\ {number}\")] int N{number}, int {new string('x', number + 1)}");

        Assert.Empty(await AnalyzeAsync("", $"{Usings} {Person} public record Person({string.Join(", ", members)});"));
    }

    [Fact]
    public async Task Does_not_trigger_on_parts_of_a_type_in_several_files() => Assert.Empty(
        await AnalyzeAsync(
            "",
            $"{Usings} {Person} public partial class Person {{ public int Id {{ get; set; }} }}",
            "public partial class Person { public int Age { get; set; } }",
            "// <auto-generated/>\n#nullable disable\npublic partial class Person { public string Name { get; set; } }"));

    [Fact]
    public async Task Does_not_trigger_on_types_without_annotations() => Assert.Empty(
        await AnalyzeAsync(
            "",
            $$"""
            #nullable disable
            {{Usings}}
            [BroadcastEvent] public interface IPages { void Read(Page<string> page, Page<(int A, Page<int[]> B)> other); }
            public record Page<T>(T[] Items, string Next);
            """));

    [Fact]
    public async Task Does_not_trigger_on_types_of_another_assembly()
    {
        var payloads = Analysis.Compile("public partial class Person { public int Id { get; set; } }", withEventBus: true)
            .WithAssemblyName("Payloads");
        var compilation = Analysis.Compile(
            $"{Usings} {Person} [BroadcastEvent] public interface IEmpty;", withEventBus: true, payloads.ToMetadataReference());

        Assert.Empty(await Analysis.AnalyzeAsync<UnseenCodeAnalyzer>(compilation));
    }

    // A concrete union is a case of its own, and all kinds of formatters exist for one type.
    [Fact]
    public async Task Does_not_trigger_on_unions_and_formatters_of_this_project() => Assert.Empty(
        await AnalyzeAsync(
            "",
            $$"""
            {{Usings}}
            [BroadcastEvent] public interface IPeople
            {
                void Born([Formatter(typeof(PersonFormat))] Person one, Person other, Being being, Human? human, Page<Being?>[] page);
            }

            public class Person { public int Id { get; set; } }
            [JsonDerivedType(typeof(Human), "human")] public record Being(int Id);
            public record Human(int Id, Being[] Others, [property: Formatter(typeof(PersonFormat))] Person Person) : Being(Id);
            public record struct Page<T>(T[] Items, (T, Human) Pair, Dictionary<int, Leaf> Leaves);
            public record struct Leaf(string Text);
            {{PersonFormat}}
            """));

    // The generator has failed, or did not run.
    [Fact]
    public async Task Does_not_trigger_without_emitted_code()
    {
        var compilation = Analysis.CompileBeside(
            "partial class Person { public int Id { get; set; } }",
            $"{Usings} {Person} public partial class Person {{ public int Age {{ get; set; }} }}");
        var emitted = compilation.SyntaxTrees.Where(
            static tree => tree.FilePath.Contains(nameof(Generators.EventContractGenerator), StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(emitted);
        Assert.NotEmpty(await Analysis.AnalyzeAsync<UnseenCodeAnalyzer>(compilation));
        Assert.Empty(await Analysis.AnalyzeAsync<UnseenCodeAnalyzer>(compilation.RemoveSyntaxTrees(emitted)));
    }

    [Fact]
    public async Task Does_not_trigger_on_a_contract_that_breaks_a_rule() => Assert.Empty(
        await AnalyzeAsync("", $"{Usings} [BroadcastEvent] public interface IPeople {{ void Born(Action action); int Count {{ get; }} }}"));

    private static Task<System.Collections.Immutable.ImmutableArray<Diagnostic>> AnalyzeAsync(string written, params string[] sources) =>
        Analysis.AnalyzeAsync<UnseenCodeAnalyzer>(Analysis.CompileBeside(written, sources));

    private static string Text(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);
}
